"""What every part of the compiler stands on: types, the schema, names in scope, tables, what a query needs."""
