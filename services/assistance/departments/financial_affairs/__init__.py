"""县政府金融工作办公室 (financial affairs office): a department plugin."""
