// Reads streams of manifests as kubectl does, and prints what it gets.
//
// Standard input is a JSON list of streams, each in base64. Standard output is a JSON list with an answer for each: the
// documents that are not empty, as JSON; whether reading ended with an error; and the objects that kubectl makes of the
// documents, once it has opened the lists: each as [apiVersion, kind].
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/cli-runtime/pkg/resource"
)

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
	Objects   [][2]string       `json:"objects"`
}

func main() {
	var streams [][]byte
	if err := json.NewDecoder(os.Stdin).Decode(&streams); err != nil {
		fail(err)
	}
	answers := make([]answer, 0, len(streams))
	for _, stream := range streams {
		answers = append(answers, answerTo(stream))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func answerTo(stream []byte) answer {
	documents, err := documentsOf(stream)
	result := answer{Documents: documents, Objects: objectsOf(stream)}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

// What FileVisitor of cli-runtime puts around a file.
func decoded(stream []byte) io.Reader {
	return transform.NewReader(bytes.NewReader(stream), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
}

// The loop of StreamVisitor of cli-runtime.
func documentsOf(stream []byte) ([]json.RawMessage, error) {
	documents := []json.RawMessage{}
	decoder := yaml.NewYAMLOrJSONDecoder(decoded(stream), 4096)
	for {
		raw := runtime.RawExtension{}
		if err := decoder.Decode(&raw); err != nil {
			if err == io.EOF {
				return documents, nil
			}
			return documents, err
		}
		document := bytes.TrimSpace(raw.Raw)
		if len(document) > 0 && !bytes.Equal(document, []byte("null")) {
			documents = append(documents, bytes.Clone(document))
		}
	}
}

// What `kubectl create --validate=false` would send; what it cannot make an object of is left out, and it goes on behind that.
func objectsOf(stream []byte) [][2]string {
	objects := [][2]string{}
	result := resource.NewLocalBuilder().Unstructured().ContinueOnError().Stream(decoded(stream), "stream").Flatten().Do()
	_ = result.Visit(func(info *resource.Info, err error) error {
		if err != nil {
			return err
		}
		apiVersion, kind := info.Object.GetObjectKind().GroupVersionKind().ToAPIVersionAndKind()
		objects = append(objects, [2]string{apiVersion, kind})
		return nil
	})
	return objects
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
