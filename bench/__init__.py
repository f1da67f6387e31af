"""How fast Loggia is, beside the consumer of the tutorials and beside a bare server: `python -m bench`."""
