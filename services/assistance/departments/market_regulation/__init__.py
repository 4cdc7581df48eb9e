"""市场监督管理局 plugin: enterprises that people lead or own, and small businesses that closed."""
