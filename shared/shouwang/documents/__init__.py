"""Official documents from one description: filled from data, drawn as docx and as PDF.

A description (see docs/services/monitoring/documents.md) is data: title, fields, lines, tables, notes,
charts.
`fill(description, values)` gives a Document; `pdf.write`, `word.write` draw it, `workbook.write` draws a
ledger. Nothing heavy is imported here: a service describes and fills, whoever prints draws.
"""

from shouwang.documents.description import Description, Field, Option, read_description
from shouwang.documents.filling import fill
from shouwang.documents.model import Block, Cell, Chart, Document, Gap, Para, Row, Run, Table

__all__ = [
    "Block",
    "Cell",
    "Chart",
    "Description",
    "Document",
    "Field",
    "Gap",
    "Option",
    "Para",
    "Row",
    "Run",
    "Table",
    "fill",
    "read_description",
]
