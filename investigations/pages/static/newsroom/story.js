// The story's screen: tabs beside the text, words kept while they are written, saved without leaving it.
"use strict";

const STORY = document.querySelector(".story-screen[data-save]");
const KEEP_AFTER = 2000;
const SIGN_OF_LIFE = 60000;
const IDLE_AFTER = 15 * 60000;

// Tabs: a section each, of which one is seen.
const tabs = (() => {
  const beside = document.getElementById("beside");
  if (!beside) return null;
  const list = beside.querySelector(".beside-tabs");
  const links = [...list.querySelectorAll("a")];
  const panel = (link) => document.getElementById(link.hash.slice(1));
  const name = (link) => link.hash.replace("#beside-", "");
  const stale = new Set(["preview"]);

  const load = async (link) => {
    const content = panel(link).querySelector(".beside-content");
    content.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(beside.dataset.beside.replace("TAB", name(link)), { redirect: "manual" });
      if (!answer.ok) throw new Error();
      content.innerHTML = await answer.text();
      stale.delete(name(link));
    } catch {
      content.textContent = "It could not be fetched. Open the tab again.";
    }
    content.removeAttribute("aria-busy");
  };
  const open = (link, { focus = false } = {}) => {
    for (const each of links) {
      const chosen = each === link;
      each.setAttribute("aria-selected", chosen);
      each.tabIndex = chosen ? 0 : -1;
      panel(each).hidden = !chosen;
    }
    if (focus) link.focus();
    if (stale.has(name(link))) return load(link);
  };

  list.setAttribute("role", "tablist");
  for (const link of links) {
    link.setAttribute("role", "tab");
    link.id = `tab-${name(link)}`;
    link.setAttribute("aria-controls", panel(link).id);
    panel(link).setAttribute("role", "tabpanel");
    panel(link).setAttribute("aria-labelledby", link.id);
    panel(link).tabIndex = 0;
    panel(link).querySelector("h2").hidden = true;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link);
    });
  }
  list.addEventListener("keydown", (event) => {
    const at = links.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    open(links[(to + links.length) % links.length], { focus: true });
  });
  beside.classList.add("tabbed");
  open(links[0]);
  return {
    refresh() {
      for (const link of links) stale.add(name(link));
      return open(links.find((link) => link.getAttribute("aria-selected") === "true"));
    },
  };
})();

// Writing.
const writing = (() => {
  if (!STORY) return null;
  const form = STORY.closest("form");
  const said = document.getElementById("foot-said");
  const others = document.getElementById("foot-others");
  const names = ["headline", "standfirst", "body"];
  const field = (name) => form.elements[name];
  const words = () => Object.fromEntries(names.map((name) => [name, field(name).value]));
  const asText = () => JSON.stringify(words());
  const here = `unsaved ${location.pathname}`;
  const put = document.querySelector(".put-back") !== null;
  let saved = put ? null : asText();
  let kept = asText();
  // Everything else on the form: what hangs on the story goes with the whole form alone.
  const rows = () =>
    JSON.stringify(
      [...new FormData(form)]
        .filter(([name]) => ![...names, "opened", "csrfmiddlewaretoken"].includes(name))
        .map(([name, value]) => [name, value instanceof File ? value.name : value]),
    );
  const rowsBefore = rows();
  let leaving = false;
  let pasted = false;
  let timer = 0;
  let lastKey = Date.now();
  let queue = Promise.resolve();

  const say = (sentence, way, behind = "") => {
    said.textContent = sentence;
    if (way) said.append(" ", Object.assign(document.createElement("a"), way), behind);
  };

  // Whoever logs in anew in another window has another token: this page's own address tells it.
  const freshToken = async () => {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token || input.value;
    return Boolean(token);
  };
  const send = async (address, more = {}, again = true) => {
    const data = new URLSearchParams({ ...words(), opened: field("opened").value, ...more });
    const token = field("csrfmiddlewaretoken").value;
    const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token }, redirect: "manual" });
    if (answer.status === 403 && again && (await freshToken())) return send(address, more, false);
    return answer;
  };
  // One after the other: an answer never overtakes the one before it.
  const inTurn = (act) => (queue = queue.then(act, act));

  const failed = (answer) => {
    sessionStorage.setItem(here, asText());
    if (answer?.type === "opaqueredirect" || answer?.status === 403) {
      const href = STORY.dataset.keep.replace(/\d+\/keep\/$/, "");
      const way = { href, target: "_blank", textContent: "Log in in another window" };
      say("You are logged out. Your words stay in this window.", way, ", then go on here.");
    } else {
      say("No connection. Your words stay in this window, and are kept as soon as there is one.");
    }
    return false;
  };

  const keep = () =>
    inTurn(async () => {
      const now = asText();
      try {
        const answer = await send(STORY.dataset.keep);
        if (!answer.ok) return failed(answer);
        const told = await answer.json();
        kept = now;
        sessionStorage.removeItem(here);
        others.textContent = told.others;
        if (now !== saved) say(`Kept ${told.kept}, not saved yet.`);
        return true;
      } catch {
        return failed();
      }
    });

  const take = (told, before) => {
    const body = field("body");
    const [start, end] = [body.selectionStart, body.selectionEnd];
    for (const name of names) {
      // what was typed while the answer was on its way stays
      if (field(name).value === before[name] && field(name).value !== told[name]) field(name).value = told[name];
    }
    if (document.activeElement === body) body.setSelectionRange(start, end);
    field("opened").value = told.opened;
    STORY.dataset.mark = told.mark;
    saved = JSON.stringify(Object.fromEntries(names.map((name) => [name, told[name]])));
    kept = saved;
    sessionStorage.removeItem(here);
    pasted = false;
    const way = told.checkable && { href: told.checkable.href, textContent: "Step through them" };
    const sentences = [`Saved ${told.saved}.`, told.said, way && `${told.checkable.said}.`];
    say(sentences.filter(Boolean).join(" "), way, ".");
    tabs.refresh();
  };

  const save = (address = STORY.dataset.save, more = {}) =>
    inTurn(async () => {
      const before = words();
      try {
        const answer = await send(address, pasted ? { ...more, pasted: "yes" } : more);
        if (answer.ok) {
          take(await answer.json(), before);
          return { ok: true };
        }
        if (answer.status === 409 || answer.status === 422) {
          const told = (await answer.json()).said;
          const how = answer.status === 409 ? " Press Save to see what was changed." : "";
          say(`Not saved. ${told}${how}`);
          return { ok: false, said: told, conflict: answer.status === 409 };
        }
        failed(answer);
      } catch {
        failed();
      }
      return { ok: false, said: said.textContent };
    });

  form.addEventListener("input", (event) => {
    lastKey = Date.now();
    if (!names.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER);
  });

  form.addEventListener("pasted", () => (pasted = true));

  let refusedBefore = false;
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    clearTimeout(timer);
    const button = event.submitter;
    if (button?.name === "_continue" && rows() === rowsBefore && !refusedBefore) {
      const { ok, conflict } = await save();
      refusedBefore = Boolean(!ok && conflict);
      return;
    }
    // the whole form goes as forms do, once it is sure that it arrives
    if (await keep()) {
      leaving = true;
      form.requestSubmit(button);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".foot [name=_continue]"));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && asText() !== kept) event.preventDefault();
  });
  setInterval(() => {
    if (!document.hidden && Date.now() - lastKey < IDLE_AFTER) keep();
  }, SIGN_OF_LIFE);

  const left = sessionStorage.getItem(here);
  if (left && left !== asText()) {
    const back = document.createElement("button");
    Object.assign(back, { type: "button", className: "button", textContent: "Put them back" });
    back.addEventListener("click", () => {
      for (const [name, value] of Object.entries(JSON.parse(left))) field(name).value = value;
      say("Put back, not saved yet.");
      keep();
    });
    said.textContent = "This window has words of yours that never reached the desk. ";
    said.append(back);
  }
  return { save, field, say };
})();
