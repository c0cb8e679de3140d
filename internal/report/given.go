package report

// given are the variables that have a value.
func given(variables map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range variables {
		switch v := value.(type) {
		case string:
			if v != "" {
				out[name] = v
			}
		case []string:
			if v != nil {
				out[name] = v
			}
		case []map[string]string:
			if v != nil {
				out[name] = v
			}
		default:
			out[name] = v
		}
	}
	return out
}
