// render CHART OUT [VALUES.yaml...] - Helm's own linter and template engine without the rest of Helm: `helm lint` and
// `helm template` of a chart with its default values and with each values file, in a tenth of the code to build.
//
// OUT/NAME.yaml gets every manifest of the values file NAME-values.yaml, hooks too, OUT/NAME.notes what NOTES.txt says.
// A values file that is called refused-….yaml must not render or must break the schema: OUT/NAME.refused gets the reason.
// Exit 1 when a linter's message is an error or a warning, or when something did not render that should.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
)

const kubeVersion = "v1.31.0"

// manifests renders the chart with the values as an install of a release called cc would.
func manifests(c *chart.Chart, values chartutil.Values) (map[string]string, error) {
	caps := chartutil.DefaultCapabilities.Copy()
	caps.KubeVersion = chartutil.KubeVersion{Version: kubeVersion, Major: "1", Minor: "31"}
	o := chartutil.ReleaseOptions{Name: "cc", Namespace: "billing", Revision: 1, IsInstall: true}
	top, err := chartutil.ToRenderValues(c, values, o, caps)
	if err != nil {
		return nil, err
	}
	return engine.Engine{Strict: true}.Render(c, top)
}

// write joins what was rendered into one stream of documents, by template name.
func write(out, name string, files map[string]string) error {
	var all, notes strings.Builder
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		if strings.HasSuffix(path, "NOTES.txt") {
			notes.WriteString(files[path])
		} else if strings.HasSuffix(path, ".yaml") && strings.TrimSpace(files[path]) != "" {
			fmt.Fprintf(&all, "---\n# Source: %s\n%s\n", path, files[path])
		}
	}
	if err := os.WriteFile(filepath.Join(out, name+".notes"), []byte(notes.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, name+".yaml"), []byte(all.String()), 0o644)
}

// problems are a linter's errors and warnings; an icon is only recommended.
func problems(path string, values chartutil.Values) []string {
	var found []string
	for _, m := range lint.AllWithKubeVersionAndSchemaValidation(path, values, "billing", nil, false).Messages {
		if m.Severity >= support.WarningSev {
			found = append(found, m.Error())
		}
	}
	return found
}

// one values file: linted and written, or refused as its name says.
func one(c *chart.Chart, path, out, file string) error {
	name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".yaml"), "-values")
	values, err := chartutil.ReadValuesFile(file)
	if err != nil {
		return err
	}
	files, err := manifests(c, values)
	if strings.HasPrefix(name, "refused-") {
		if err == nil {
			return fmt.Errorf("rendered, and should not")
		}
		return os.WriteFile(filepath.Join(out, name+".refused"), []byte(err.Error()), 0o644)
	}
	if err != nil {
		return err
	}
	if found := problems(path, values); len(found) > 0 {
		return fmt.Errorf("lint: %s", strings.Join(found, "; "))
	}
	return write(out, name, files)
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "render CHART OUT VALUES.yaml...")
		os.Exit(2)
	}
	path, out := os.Args[1], os.Args[2]
	c, err := loader.Load(path)
	if err != nil {
		fmt.Println("render:", err)
		os.Exit(1)
	}
	code := 0
	for _, file := range os.Args[3:] {
		if err := one(c, path, out, file); err != nil {
			fmt.Printf("render: %s: %v\n", filepath.Base(file), err)
			code = 1
		}
	}
	os.Exit(code)
}
