"""A real kernel whose front end is the test, and what stands below its cells."""

from __future__ import annotations

import os
import queue
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from tests.html_text import text_of

from .conftest import environ_with, write_basics

MARKS = [
    pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*TCP without encryption.*"),
]
INTERRUPT = "\x03"
_SECONDS = 60
_PARTS = 4
"""Children of the widget while its line is there: the place to scroll to, the style, the page and the line."""


class ExecutedCell:
    """The output of a cell: its prompts, the HTML and text below it, and the text that it printed."""

    def __init__(self) -> None:
        self.prompts: list[str] = []
        self.html: list[str] = []
        self.data: list[dict[str, Any]] = []
        self.displays: list[str] = []
        self.text = ""
        self.printed = ""
        self.error = ""

    def take(self, kind: str, content: dict[str, Any]) -> None:
        """Keep a message from the kernel."""
        if kind == "display_data":
            self.data.append(content["data"])
            self.displays.append(content["transient"].get("display_id", ""))
            self.html.append(content["data"].get("text/html", ""))
            self.text += content["data"]["text/plain"]
        elif kind == "stream":
            self.printed += content["text"]
        elif kind == "error":
            self.error = content["ename"]


@contextmanager
def loaded_kernel(folder: Path, **variables: str) -> Iterator[Kernel]:
    """Yield a kernel with tensordrill loaded, in a folder that has a bank from now on, and its home."""
    (folder / "bank").mkdir()
    write_basics(folder / "bank")
    kernel = Kernel(folder, **variables)
    try:
        assert kernel.run("import tensordrill\n%load_ext tensordrill").html == []
        yield kernel
    finally:
        kernel.close()


class Kernel:
    """A kernel, with answers for what it asks."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self._manager = KernelManager()
        environment = {**os.environ, **environ_with(folder), "JUPYTER_RUNTIME_DIR": str(folder), **variables}
        self._manager.start_kernel(cwd=str(folder), env=environment)
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=_SECONDS)
        self.models: dict[str, dict[str, Any]] = {}
        self.updates: dict[str, dict[str, str]] = {}

    def run(self, code: str, *answers: str, has_reader: bool = True) -> ExecutedCell:
        """Run a cell; an answer may be ^C."""
        cell, typed = ExecutedCell(), iter(answers)
        request = self._client.execute(code, allow_stdin=has_reader)
        while True:
            try:
                asked = self._client.get_stdin_msg(timeout=0.01)
            except queue.Empty:
                pass
            else:
                cell.prompts.append(asked["content"]["prompt"])
                answer = next(typed)
                if answer == INTERRUPT:
                    self._manager.interrupt_kernel()
                else:
                    self._client.input(answer)
            reply = self._said()
            if reply is not None and reply["parent_header"].get("msg_id") == request:
                if reply["content"].get("execution_state") == "idle":
                    assert list(typed) == []
                    return cell
                cell.take(reply["msg_type"], reply["content"])

    def _said(self) -> dict[str, Any] | None:
        """Return the next message, if one comes, after the widgets have got theirs."""
        try:
            reply: dict[str, Any] = self._client.get_iopub_msg(timeout=0.05)
        except queue.Empty:
            return None
        content = reply["content"]
        if reply["msg_type"] == "comm_open" and content["target_name"] == "jupyter.widget":
            self.models[content["comm_id"]] = content["data"]["state"]
        elif reply["msg_type"] == "comm_msg" and content["data"]["method"] == "update":
            self.models[content["comm_id"]].update(content["data"]["state"])
        elif reply["msg_type"] == "comm_close":
            del self.models[content["comm_id"]]
        elif reply["msg_type"] == "update_display_data":
            self.updates[content["transient"]["display_id"]] = content["data"]
        return reply

    def tell(self, model: str, data: dict[str, Any]) -> None:
        """Send what a front end's widget sends, and wait until the kernel has taken it."""
        content = {"comm_id": model, "data": data}
        message = self._client.session.msg("comm_msg", content)
        self._client.shell_channel.send(message)
        self.until(
            lambda reply: (
                reply["content"].get("execution_state") == "idle"
                and reply["parent_header"].get("msg_id") == message["header"]["msg_id"]
            )
        )

    def take(self) -> None:
        """Take a message, if one comes."""
        self._said()

    def until(self, is_it: Callable[[dict[str, Any]], bool]) -> None:
        """Wait for a message."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            if (reply := self._said()) is not None and is_it(reply):
                return
        raise AssertionError("it did not come")

    def page(self, cell: ExecutedCell) -> Page:
        """Return the widget of a round below a cell."""
        (data,) = cell.data
        return Page(self, data["application/vnd.jupyter.widget-view+json"]["model_id"], cell.displays[0])

    def interrupt(self) -> None:
        """Interrupt the kernel, as the front end's button does."""
        self._manager.interrupt_kernel()

    def restart(self) -> None:
        """Restart the kernel, as the front end's button does."""
        self._manager.restart_kernel()
        self._client.wait_for_ready(timeout=_SECONDS)

    def close(self) -> None:
        """End the kernel."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


def in_order(cell: ExecutedCell, *texts: str) -> bool:
    """Whether these texts stand below a cell in this order; between elements of HTML there are no spaces."""
    return _in_order("".join(cell.html), *texts)


def _in_order(html: str, *texts: str) -> bool:
    pattern = ".*".join(re.escape("".join(text.split())) for text in texts)
    return re.search(pattern, "".join(text_of(html).split())) is not None


class Page:
    """The widget of a round, as a front end shows it."""

    def __init__(self, kernel: Kernel, box: str, display: str) -> None:
        self._kernel, self._box, self._display = kernel, box, display

    def _model(self, name: str) -> str:
        """Return the id of the model of this name within the line."""
        (result,) = [id_ for id_ in self._line() if self._kernel.models[id_]["_model_name"] == name]
        return result

    def _line(self) -> list[str]:
        *_, line = self._children(self._box)
        return self._children(line) if len(self._children(self._box)) == _PARTS else []

    def _children(self, model: str) -> list[str]:
        return [name.removeprefix("IPY_MODEL_") for name in self._kernel.models[model]["children"]]

    def _state(self, name: str) -> dict[str, Any]:
        return self._kernel.models[self._model(name)]

    @property
    def html(self) -> str:
        """The page, or what is left in its place when the round is over."""
        if self._display in self._kernel.updates:
            return self._kernel.updates[self._display]["text/html"]
        if len(self._children(self._box)) < _PARTS:
            return ""
        html: str = self._kernel.models[self._children(self._box)[-2]]["value"]
        return html

    @property
    def text(self) -> str:
        """The page's words."""
        return text_of(self.html)

    @property
    def prompt(self) -> str:
        """The line above the field."""
        prompt: str = self._state("LabelModel")["value"]
        return prompt.strip()

    @property
    def field(self) -> str:
        """The text in the field."""
        value: str = self._state("TextareaModel")["value"]
        return value

    def _buttons(self) -> list[str]:
        buttons = self._children(self._model("HBoxModel"))
        return [self._kernel.models[button]["description"] for button in buttons]

    def type(self, text: str) -> None:
        """Put a text into the field; the kernel sees the line's end after all else."""
        if text.endswith("\n") and text[:-1] not in ("", self.field):
            self.send(text[:-1])
        self.send(text)

    def send(self, text: str) -> None:
        """Send this as the field's value."""
        model = self._model("TextareaModel")
        self._kernel.models[model]["value"] = text
        self._kernel.tell(model, {"method": "update", "state": {"value": text}, "buffer_paths": []})

    def click(self, text: str) -> None:
        """Click on the button with this text."""
        (button,) = [
            button
            for button in self._children(self._model("HBoxModel"))
            if self._kernel.models[button]["description"] == text
        ]
        self._kernel.tell(button, {"method": "custom", "content": {"event": "click"}})

    def until(self, *texts: str, buttons: Sequence[str] = ()) -> None:
        """Wait until these texts stand there in this order, and these buttons."""
        self._wait(lambda: _in_order(self.html, *texts), texts)
        self._wait(lambda: self._buttons() == list(buttons) or not buttons, buttons)

    def until_over(self, *texts: str) -> None:
        """Wait until the round is over: its field is gone, and these texts are an output of the cell."""
        self._wait(lambda: self._display in self._kernel.updates, texts)
        assert _in_order(self.html, *texts), self.text
        assert self._line() == []

    def _wait(self, is_there: Callable[[], bool], texts: Sequence[str]) -> None:
        end = time.monotonic() + _SECONDS
        while not is_there():
            assert time.monotonic() < end, (texts, self.text, self._buttons())
            self._kernel.take()
