// “What shows this?”: select words, press Ctrl K, choose what shows them. The mark is put in, the record hung on it.
"use strict";

(() => {
  const box = document.getElementById("shows");
  if (!box || !STORY) return;
  const body = writing.field("body");
  const letters = document.getElementById("shows-letters");
  const list = document.getElementById("shows-found");
  const said = document.getElementById("shows-said");
  const shown = document.getElementById("shows-words");
  const MARK = /\]\{#(p[1-9][0-9]{0,8})\}/g;
  let chosen = null;
  let place = null;
  let timer = 0;
  let asked = 0;

  // The marked passage in which the cursor stands, if it stands in one.
  const around = (text, at) => {
    for (const found of text.matchAll(MARK)) {
      let depth = 0;
      let start = found.index;
      for (; start >= 0; start -= 1) {
        if (text[start] === "]") depth += 1;
        if (text[start] === "[" && --depth === 0) break;
      }
      const end = found.index + found[0].length;
      if (start <= at && at < end) return { mark: found[1], words: text.slice(start + 1, found.index) };
    }
    return null;
  };
  // Without a selection: the sentence in which the cursor stands.
  const selected = () => {
    let [start, end] = [body.selectionStart, body.selectionEnd];
    const text = body.value;
    if (start === end) {
      start = Math.max(text.lastIndexOf(". ", start - 1) + 2, text.lastIndexOf("\n", start - 1) + 1, 0);
      if (text.lastIndexOf(". ", body.selectionStart - 1) < 0) start = text.lastIndexOf("\n", body.selectionStart - 1) + 1;
      const stop = text.slice(end).search(/[.!?…][”’"']?(\s|$)|\n|$/);
      end += stop;
    }
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /[\s.,;:]/.test(text[end - 1])) end -= 1;
    return { start, end, words: text.slice(start, end) };
  };
  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) letters.setAttribute("aria-activedescendant", option.id);
    else letters.removeAttribute("aria-activedescendant");
  };
  const look = async () => {
    const number = (asked += 1);
    const query = new URLSearchParams({ q: letters.value, words: place.words });
    const answer = await fetch(`${box.dataset.shows}?${query}`, { redirect: "manual" });
    if (number !== asked) return;
    if (!answer.ok) {
      said.textContent = "Nothing could be looked up: you are logged out, or there is no connection.";
      return;
    }
    list.innerHTML = await answer.text();
    const options = list.querySelectorAll("[role=option]");
    choose(letters.value.trim() ? options[0] : list.querySelector("[data-exact]"));
    const count = options.length === 1 ? "1 record" : `${options.length} records`;
    said.textContent = options.length ? count : letters.value ? "Nothing found." : "Nothing found that names these words.";
  };
  const open = () => {
    const inside = around(body.value, body.selectionStart);
    place = inside ?? selected();
    if (!place.words) {
      writing.say("Select the words first.");
      return;
    }
    shown.textContent = place.words;
    box.querySelector("[value=mark]").hidden = Boolean(place.mark);
    letters.value = "";
    list.replaceChildren();
    choose(null);
    for (const link of box.querySelectorAll("a[data-popup]")) {
      const address = new URL(link.href);
      const name = { quote: "words", meeting: "title", source: "title" }[link.id.replace("add_shows_", "")];
      address.searchParams.set(name, place.words.replace(/^[“"]|[”"]$/g, ""));
      link.href = address.href;
    }
    box.showModal();
    letters.focus();
    look();
  };

  const mark = () => {
    if (place.mark) return place.mark;
    const id = STORY.dataset.mark;
    const words = body.value.slice(place.start, place.end);
    body.focus();
    body.setSelectionRange(place.start, place.end);
    // the old command keeps the browser's own “undo”
    if (!document.execCommand("insertText", false, `[${words}]{#${id}}`)) {
      body.setRangeText(`[${words}]{#${id}}`, place.start, place.end, "end");
    }
    return id;
  };
  const act = async (verb) => {
    if (verb === "attach" && !chosen) {
      said.textContent = "Choose a record, or only mark the words.";
      return;
    }
    const before = body.value;
    const record = chosen?.dataset.record;
    const choices = new FormData(box.querySelector("form"));
    box.close();
    const id = mark();
    const more = { mark: id, record, stance: choices.get("stance"), showing: choices.get("showing") };
    const answer = verb === "attach" ? await writing.save(box.dataset.attach, more) : await writing.save();
    if (answer.ok) return;
    if (!place.mark && body.value !== before) body.value = before;
    box.showModal();
    said.textContent = answer.said;
  };

  letters.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  letters.addEventListener("keydown", (event) => {
    const options = [...list.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length) return;
    event.preventDefault();
    const at = options.indexOf(chosen);
    choose(options[(at < 0 && step < 0 ? options.length - 1 : at + step + options.length) % options.length]);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  box.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    act(event.submitter?.value ?? "attach");
  });
  box.addEventListener("close", () => body.focus());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || box.open) return;
    event.preventDefault();
    open();
  });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button", textContent: "What shows this? (Ctrl K)" });
  // the selection stays where it is
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", open);
  body.before(button);
  // A record that was made in its own window is chosen here.
  django.jQuery(box).on("change", "input[type=hidden]", (event) => {
    const option = document.createElement("li");
    const { noun } = event.target.dataset;
    Object.assign(option, { id: `shows-new-${noun}-${event.target.value}`, textContent: `The new ${noun}` });
    option.setAttribute("role", "option");
    option.dataset.record = `${noun}-${event.target.value}`;
    list.prepend(option);
    choose(option);
    letters.focus();
    said.textContent = `The new ${noun} is chosen. Press Enter to attach it.`;
  });
})();
