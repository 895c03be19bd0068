"""Pages in a real browser: one is opened at a width in a colour scheme, and asked what it shows and says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from selenium import webdriver

LEAST_CONTRAST = 4.5
"""The contrast of text by WCAG 2.2 AA (success criterion 1.4.3)."""

CONTRASTS = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function channels(color) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return Array.from(canvas.getImageData(0, 0, 1, 1).data);
}
function luminance(color) {
  const [r, g, b] = color.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function background(element) {
  for (let at = element; at; at = at.parentElement) {
    const color = channels(getComputedStyle(at).backgroundColor);
    if (color[3] === 255) return color;
  }
  return [255, 255, 255, 255];
}
function contrast(element, color) {
  const [one, other] = [luminance(channels(color)), luminance(background(element))].sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05);
}
const found = new Map();
function note(element, color, what) {
  const key = [what, color, background(element)].join(" ");
  if (!found.has(key)) found.set(key, contrast(element, color));
}
for (const details of document.querySelectorAll("details")) details.open = true;
const within = arguments[0] ?? "body";
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!element.closest(within) || !texts.currentNode.textContent.trim()) continue;
  if (["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName)) continue;
  const style = getComputedStyle(element);
  note(element, element instanceof SVGElement ? style.fill : style.color, element.tagName + "." + element.className);
}
for (const [selector, part] of [["th button", "::after"], [".ideas li", "::before"]])
  for (const element of document.querySelectorAll(selector)) note(element, getComputedStyle(element, part).color, part);
return Array.from(found);
"""

OVERFLOWING = """
return Array.from(document.querySelectorAll("body *"))
  .filter((e) => !e.closest(".scroll > *, .td-scroll > *, .skip, .hidden, script, style, svg *"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
  .map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40));
"""


class OpenedPage:
    """One page, opened at a width in a colour scheme."""

    def __init__(self, browser: webdriver.Chrome, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def open(
        self,
        name: str,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        media: Literal["screen", "print"] = "screen",
    ) -> None:
        self.look(width, scheme, media)
        self.console()
        self.requests()
        self.browser.get((self.folder / f"{name}.html").as_uri())

    def look(
        self,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        media: Literal["screen", "print"] = "screen",
    ) -> None:
        """Look at the open page on another screen."""
        self._command(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._command("Emulation.setEmulatedMedia", media=media, features=[feature])

    def _command(self, name: str, **parameters: object) -> Any:
        return self.browser.execute_cdp_cmd(name, parameters)

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def _log(self, kind: str) -> list[dict[str, str]]:
        entries = self.browser.get_log(kind)  # type: ignore[no-untyped-call]  # selenium has no types here
        return list(entries)

    def console(self) -> list[str]:
        """Return what the page has said since the last look, and forget it."""
        return [entry["message"] for entry in self._log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses asked for since the last look, and forget them."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def color(self, selector: str) -> list[int]:
        color: str = self.run(
            "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector
        )
        return [int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(",")]
