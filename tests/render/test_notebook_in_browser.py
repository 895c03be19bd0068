"""A round in a real JupyterLab: below a cell, and in a terminal beside it. Needs chromium and chromedriver."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
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
_CALL = "import tensordrill\ntensordrill.quiz('basics/swap', n=1, bank='bank', lang='en')"

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
        cell = nbformat.v4.new_code_cell(_CALL)  # type: ignore[no-untyped-call]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)  # type: ignore[no-untyped-call]
        nbformat.write(notebook, self.folder / "round.ipynb")  # type: ignore[no-untyped-call]

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

    def wait(self, seen: Callable[[], Result]) -> Result:
        """Return what is seen as soon as it is."""
        wait = WebDriverWait(self.browser, _SECONDS, ignored_exceptions=[WebDriverException])
        return wait.until(lambda _: seen())

    def click(self, selector: str) -> None:
        """Click on something once it is there."""

        def click() -> bool:
            self.browser.find_element(By.CSS_SELECTOR, selector).click()
            return True

        self.wait(click)

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
    jupyter.browser.get(f"{jupyter.server.address}/lab/tree/round.ipynb")
    jupyter.wait(
        lambda: jupyter.browser.find_element(
            By.CSS_SELECTOR, '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
        )
    )
    jupyter.click(".jp-CodeCell .cm-content")
    ActionChains(jupyter.browser).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
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
