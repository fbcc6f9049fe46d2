// What is pasted from a word processor keeps its links, emphasis and lists: the server writes it as Markdown.
"use strict";

// Paragraphs, lists and headings begin a line of their own and leave one behind them.
const apart = (field, words) => {
  if (!/\n|^(#|- |> |\d+\. )/.test(words)) return words;
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const above = /(^|\n\n)$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const below = /^(\n\n|$)/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return above + words + below;
};

const insert = (field, words) => {
  field.focus();
  // the old command keeps the browser's own “undo”
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

document.addEventListener("paste", async (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.paste) return;
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  let words = event.clipboardData.getData("text/plain");
  const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(field.dataset.paste, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ html }),
    });
    if (answer.ok) words = (await answer.json()).markdown || words;
  } catch {
    // without an answer the plain words are pasted
  }
  insert(field, apart(field, words));
  field.dispatchEvent(new Event("pasted", { bubbles: true }));
});
