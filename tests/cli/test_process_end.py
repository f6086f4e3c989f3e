"""A process of its own ends at once, and loses nothing by it."""

import subprocess
import sys

START = "import atexit, sys, threading, time; before = atexit._ncallbacks(); from letters.cli import process;"


def run_python(program):
    return subprocess.run(
        [sys.executable, "-c", START + program], capture_output=True, text=True, timeout=60, check=False
    )


def test_the_code_of_the_command_is_the_code_of_the_process():
    done = run_python("sys.argv[1:] = ['no-such-command']; sys.exit(process.run())")
    assert done.returncode == 2
    assert "no-such-command" in done.stderr


def test_what_was_asked_for_is_done_before_the_end():
    """Python runs exit functions in reverse, and the one that ends the process must come last."""
    done = run_python(
        "process.main = lambda: atexit.register(print, 'exit function') and 1 or 1;"
        "process.sys.stdout.write('printed, ');"
        "threading.Thread(target=lambda: (time.sleep(0.2), print('thread, ', end=''))).start();"
        "sys.exit(process.run())"
    )
    assert (done.returncode, done.stdout) == (1, "printed, thread, exit function\n")


def test_objects_are_not_taken_apart():
    """Without this the module would be of no use: Python would delete the object at its end."""
    program = (
        "Loud = type('Loud', (), {'__del__': lambda self: print('deleted', flush=True)}); kept = Loud();"
        "process.main = lambda: %s; process.run()"
    )
    assert run_python(program % "0").stdout == ""
    assert run_python(program % "None").stdout == "deleted\n"  # no code: the usual end


def test_nothing_registers_before_it():
    done = run_python("print(atexit._ncallbacks() - before)")
    assert done.stdout == "0\n"
    assert done.returncode == 0


def test_a_traceback_ends_as_usual():
    done = run_python("process.main = lambda: 1 / 0; process.run()")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
