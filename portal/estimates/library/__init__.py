"""What estimates begin with and go out as: templates, copies, imports and exports."""
