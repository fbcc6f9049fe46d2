// The desk's own script: it only quickens what works without it.
"use strict";

// The admin's own scripts wait for jQuery's ready; what builds on them waits behind them.
const ready = window.django?.jQuery ?? ((then) => document.addEventListener("DOMContentLoaded", then));

// A date's field says back what it was understood as while it is typed.
document.addEventListener("input", (event) => {
  const output = document.querySelector(`output.understood[for="${CSS.escape(event.target.id)}"][data-echo*="date-words"]`);
  if (!output) return;
  clearTimeout(output.timer);
  output.timer = setTimeout(async () => {
    const words = event.target.value.trim();
    if (!words) {
      output.textContent = "";
      return;
    }
    const answer = await fetch(`${output.dataset.echo}?words=${encodeURIComponent(words)}`);
    if (answer.ok && event.target.value.trim() === words) output.textContent = (await answer.json()).understood;
  }, 250);
});

// The roles of somebody at a meeting are said as of its day, when either is chosen.
const sayRoles = async (row) => {
  const person = row.querySelector("select[name$='-person']");
  const output = row.querySelector("output.understood[data-echo*='role-words']");
  if (!person || !output) return;
  if (!person.value) {
    output.textContent = "";
    return;
  }
  const query = new URLSearchParams({ person: person.value, when: document.getElementById("id_when").value });
  const answer = await fetch(`${output.dataset.echo}?${query}`);
  if (answer.ok) output.textContent = (await answer.json()).understood;
};
ready(() => {
  if (!document.querySelector(".attendances")) return;
  // Autocomplete fields tell of a choice through jQuery alone.
  django.jQuery(document).on("change", "select[name$='-person']", (event) => {
    const row = event.target.closest(".inline-related");
    if (row) sayRoles(row);
  });
  document.getElementById("id_when").addEventListener("change", () => {
    document.querySelectorAll(".attendances .inline-related").forEach(sayRoles);
  });
});

// A source's form shows it as readers will see it, while it is filled in.
ready(() => {
  const shown = document.getElementById("as-readers");
  if (!shown) return;
  const form = shown.closest("form");
  const show = () => {
    clearTimeout(shown.timer);
    shown.timer = setTimeout(async () => {
      const answer = await fetch(shown.dataset.preview, { method: "POST", body: new FormData(form) });
      if (answer.ok) shown.innerHTML = await answer.text();
    }, 250);
  };
  form.addEventListener("input", show);
  django.jQuery(form).on("change", "select", show);
});

// Autocomplete fields are named by their label: as they come they have no name until something is chosen.
const nameFields = (within) => {
  for (const box of within.querySelectorAll(".select2-selection[aria-labelledby]")) {
    const select = box.closest(".select2").previousElementSibling;
    const label = select && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (!label && select?.ariaLabel) {
      const shown = box.querySelector(".select2-selection__rendered");
      for (const part of [box, shown]) {
        part.removeAttribute("aria-labelledby");
        part.ariaLabel = `${select.ariaLabel} ${shown.textContent}`.trim();
      }
    }
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    const shown = box.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    shown.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  }
};
ready(() => nameFields(document));
document.addEventListener("formset:added", (event) => setTimeout(() => nameFields(event.target)));
