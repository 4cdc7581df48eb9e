"""Shouwang (守望): the SDK that services and department plugins stand on."""
