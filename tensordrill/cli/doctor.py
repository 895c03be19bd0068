"""placeholder"""
def doctor() -> None:
    """x"""
