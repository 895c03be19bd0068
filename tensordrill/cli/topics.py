"""placeholder"""
def topics() -> None:
    """x"""
