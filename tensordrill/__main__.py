"""`python -m tensordrill` is `tensordrill`."""

from tensordrill.cli.app import main

main()
