"""Tables in and out: CSV as people really save it, and XLSX, row by row in constant memory."""
