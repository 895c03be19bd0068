"""Rounds in a real JupyterLab: below cells, and in a terminal beside. Needs chromium and chromedriver."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import URLError

import nbformat
import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.render.pages import CONTRASTS, LEAST_CONTRAST, OpenedPage

_SECONDS = 120
_RUN_SECONDS = 2
_TOPIC = """\
format: 1
topic: basics
title: Basics
questions:
  - id: swap
    given: x = torch.arange(6).view(2, 3)
    code: y = x.t()
    ask: y.view(-1).shape
    because: "`view` never copies, it raises."
    misconceptions:
      - id: copied
        code: y = x.t().contiguous()
        because: "That is what `reshape` gives."
"""
_SETTINGS = {
    "themes": '{"theme": "JupyterLab Dark"}',
    "notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
_CALL = "import tensordrill\ntensordrill.quiz('basics/swap', n=1, bank='bank', lang='en'{})"
_FIELD = ".td-line textarea"

Result = TypeVar("Result")


class Server:
    """JupyterLab in a home of its own, in its dark theme, with a notebook and a bank."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._write()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        options = ["--no-browser", "--allow-root", f"--port={self.address.rpartition(':')[2]}"]
        options += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=''"]
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**os.environ, **self._environment()},
            stdout=self._log,
            stderr=self._log,
        )

    def _write(self) -> None:
        settings = self.folder / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        for name, text in _SETTINGS.items():
            (settings / f"{name}.jupyterlab-settings").write_text(text, encoding="utf-8")
        (self.folder / "bank").mkdir()
        (self.folder / "bank" / "basics.yaml").write_text(_TOPIC, encoding="utf-8")
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        for name, option in (("round", ", widget=False"), ("widget", "")):
            cell = nbformat.v4.new_code_cell(_CALL.format(option))  # type: ignore[no-untyped-call]
            notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)  # type: ignore[no-untyped-call]
            nbformat.write(notebook, self.folder / f"{name}.ipynb")  # type: ignore[no-untyped-call]

    def _environment(self) -> dict[str, str]:
        """Return variables, with one of a kernel's, which a terminal then has as well."""
        folders = {
            f"JUPYTER_{name.upper()}_DIR": str(self.folder / name) for name in ("config", "data", "runtime")
        }
        ours = {
            "HOME": str(self.folder),
            "TENSORDRILL_HOME": str(self.folder / "reviews"),
            "LC_ALL": "C.UTF-8",
        }
        return {**folders, **ours, "JPY_PARENT_PID": "1", "SHELL": "/bin/sh"}

    def is_up(self) -> bool:
        """Whether it answers."""
        assert self._process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
        with suppress(URLError), urllib.request.urlopen(f"{self.address}/api/status", timeout=10):  # noqa: S310
            return True
        return False

    def answers(self) -> list[str]:
        """Return the answers that were stored."""
        file = self.folder / "reviews" / "reviews.db"
        if not file.exists():
            return []
        with closing(sqlite3.connect(file)) as db:
            return [answer for (answer,) in db.execute("select answer from reviews order by id")]

    def close(self) -> None:
        """End it, with its kernels and terminals."""
        self._process.terminate()
        self._process.wait(timeout=60)
        self._log.close()


class Lab:
    """JupyterLab in the browser."""

    def __init__(self, browser: webdriver.Chrome, server: Server) -> None:
        self.browser, self.server = browser, server

    def wait(self, condition: Callable[[], Result]) -> Result:
        """Return what is seen as soon as it is."""
        wait = WebDriverWait(self.browser, _SECONDS, ignored_exceptions=[WebDriverException])
        return wait.until(lambda _: condition())

    def click(self, selector: str) -> None:
        """Click on something once it is there."""

        def click() -> bool:
            self.browser.find_element(By.CSS_SELECTOR, selector).click()
            return True

        self.wait(click)

    def run_cell(self, notebook: str) -> None:
        """Open a notebook and run its cell."""
        self.browser.get(f"{self.server.address}/lab/tree/{notebook}.ipynb")
        idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
        self.wait(lambda: self.browser.find_element(By.CSS_SELECTOR, idle))
        self.wait(self._is_run)

    def _is_run(self) -> bool:
        """Run the first cell; return whether it began, which it does not before the kernel is connected."""
        self.click(".jp-CodeCell .cm-content")
        self.press_with(Keys.SHIFT, Keys.ENTER)
        time.sleep(_RUN_SECONDS)
        return self.texts(".jp-CodeCell .jp-InputPrompt")[0] != "[ ]:"

    def press_with(self, held: str, key: str) -> None:
        """Press a key while another one is held."""
        ActionChains(self.browser).key_down(held).send_keys(key).key_up(held).perform()

    def has_focus(self, selector: str) -> bool:
        """Whether keys go to an element of this kind."""
        focus: bool = self.browser.execute_script(
            "return document.activeElement.matches(arguments[0])", selector
        )
        return focus

    def press(self, *keys: str) -> None:
        """Press keys where the page has its focus."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def answer(self, text: str) -> None:
        """Type into the answer line once it is there, and wait until it was taken."""
        (line,) = self.wait(self._lines)
        line.send_keys(text + Keys.ENTER)
        self.wait(lambda: line not in self._lines())

    def _lines(self) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, "input.jp-Stdin-input")

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the elements of this kind."""
        return [element.text for element in self.browser.find_elements(By.CSS_SELECTOR, selector)]

    def output(self) -> str:
        """Return what a person reads below the cell."""
        text: str = self.browser.execute_script(
            "return Array.from(document.querySelectorAll('.td-round'), (part) => part.innerText).join('\\n')"
        )
        return text


@pytest.fixture
def jupyter(browser: webdriver.Chrome, tmp_path: Path) -> Iterator[Lab]:
    """JupyterLab, started."""
    server = Server(tmp_path / "server")
    try:
        jupyter = Lab(browser, server)
        jupyter.wait(server.is_up)
        yield jupyter
    finally:
        server.close()


@pytest.mark.thorough
def test_a_round_below_a_cell_and_one_in_a_terminal_beside_it(jupyter: Lab) -> None:
    page = OpenedPage(jupyter.browser, jupyter.server.folder)
    page.look(1280, "light")  # what the system prefers; the theme is dark
    jupyter.run_cell("round")
    jupyter.answer("wide")
    jupyter.answer("6")
    jupyter.wait(lambda: "you said 6" in jupyter.output())
    read = jupyter.output()
    assert "I could not read that as a shape." in read
    assert "That is what reshape gives." in read
    assert "order" in read
    contrasts: list[Any] = page.run(CONTRASTS, ".td-round")
    assert len(contrasts) > 5
    assert [(what, ratio) for what, ratio in contrasts if ratio < LEAST_CONTRAST] == []
    assert max(page.color(".jp-Notebook")) < 60
    jupyter.answer("")
    jupyter.wait(lambda: "0 of 1" in jupyter.output())
    assert jupyter.server.answers() == ["6"]

    jupyter.browser.get(f"{jupyter.server.address}/lab?reset")
    jupyter.click('.jp-LauncherCard[title="Start a new terminal session"]')
    jupyter.click(".xterm-screen")
    program = Path(sys.executable).parent / "tensordrill"
    jupyter.press(f"{program} quiz -n 1 --bank bank --topic basics/swap", Keys.ENTER)

    def is_answered() -> bool:
        jupyter.press("raises", Keys.ENTER)
        return jupyter.server.answers() == ["6", "raises"]

    jupyter.wait(is_answered)


@pytest.mark.thorough
def test_a_round_in_a_widget_by_the_keyboard(jupyter: Lab) -> None:
    page = OpenedPage(jupyter.browser, jupyter.server.folder)
    page.look(1280, "light")
    jupyter.run_cell("widget")
    jupyter.wait(lambda: jupyter.has_focus(_FIELD))
    jupyter.press("wide", Keys.ENTER)
    jupyter.wait(lambda: "I could not read that as a shape." in jupyter.output())
    jupyter.press("6", Keys.ENTER)
    jupyter.wait(lambda: "you said 6" in jupyter.output())
    assert "I could not read" not in jupyter.output()
    jupyter.wait(lambda: "Next" in jupyter.texts(".td-line button"))
    for part in (".td-round", ".td-line"):
        contrasts: list[Any] = page.run(CONTRASTS, part)
        assert contrasts
        assert [(what, ratio) for what, ratio in contrasts if ratio < LEAST_CONTRAST] == []
    jupyter.press(":x", Keys.ENTER)
    jupyter.wait(lambda: "view of x" in jupyter.output())
    jupyter.click(".td-line button:last-child")
    jupyter.wait(lambda: "0 of 1" in jupyter.output())
    jupyter.wait(lambda: jupyter.texts(_FIELD) == [])
    assert jupyter.server.answers() == ["6"]
    jupyter.press_with(Keys.CONTROL, "s")
    saved = jupyter.server.folder / "widget.ipynb"
    jupyter.wait(lambda: "0 of 1" in saved.read_text(encoding="utf-8"))
