// Command go-json answers, for documents on its standard input, what programs that store, pull and run images read in them.
//
// Input: one line of JSON for each document, {"kind": "manifest", "bytes": "base64"}; the kinds are manifest (or index), config and
// layout. Output: one line of JSON for each, an object with what each reader found, or {"error": "…"}.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/core/images"
	"github.com/distribution/distribution/v3/manifest/manifestlist"
	"github.com/distribution/distribution/v3/manifest/ocischema"
	"github.com/distribution/distribution/v3/manifest/schema2"
	ggcr "github.com/google/go-containerregistry/pkg/v1"
	docker "github.com/moby/docker-image-spec/specs-go/v1"
	"github.com/opencontainers/go-digest"
	oci "github.com/opencontainers/image-spec/specs-go/v1"
)

type document struct {
	Kind  string `json:"kind"`
	Bytes []byte `json:"bytes"`
}

// pointer is a descriptor: its media type, its digest, its size, and its platform or null.
type pointer [4]any

// platform is the system, the architecture, the variant and the build of Windows.
type platform [4]string

type facts struct {
	SchemaVersion int64             `json:"schemaVersion,omitempty"`
	MediaType     string            `json:"mediaType,omitempty"`
	Config        *pointer          `json:"config,omitempty"`
	Layers        []pointer         `json:"layers,omitempty"`
	Manifests     []pointer         `json:"manifests,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

type settings struct {
	Platform   platform `json:"platform"`
	User       string   `json:"user"`
	Volumes    []string `json:"volumes"`
	Ports      []string `json:"ports"`
	Entrypoint bool     `json:"entrypoint"`
	Command    bool     `json:"command"`
	DiffIDs    []string `json:"diffIds"`
}

type reader func([]byte) (any, error)

var readers = map[string]map[string]reader{
	"manifest": {
		"oci manifest": plain(ofManifest), "oci index": plain(ofIndex),
		"containerd manifest": children(oci.MediaTypeImageManifest), "containerd index": children(oci.MediaTypeImageIndex),
		"go-containerregistry manifest": func(b []byte) (any, error) {
			m, err := ggcr.ParseManifest(bytes.NewReader(b))
			if err != nil {
				return nil, err
			}
			config := ggcrPointer(m.Config)
			return facts{m.SchemaVersion, string(m.MediaType), &config, each(m.Layers, ggcrPointer), nil, m.Annotations}, nil
		},
		"go-containerregistry index": func(b []byte) (any, error) {
			m, err := ggcr.ParseIndexManifest(bytes.NewReader(b))
			if err != nil {
				return nil, err
			}
			return facts{m.SchemaVersion, string(m.MediaType), nil, nil, each(m.Manifests, ggcrPointer), m.Annotations}, nil
		},
		"distribution manifest": plain(func(m ocischema.DeserializedManifest) any {
			config := ociPointer(m.Config)
			return facts{int64(m.SchemaVersion), m.MediaType, &config, each(m.Layers, ociPointer), nil, m.Annotations}
		}),
		"distribution index": plain(func(m ocischema.DeserializedImageIndex) any {
			return facts{int64(m.SchemaVersion), m.MediaType, nil, nil, each(m.Manifests, ociPointer), m.Annotations}
		}),
		"distribution schema 2": plain(func(m schema2.DeserializedManifest) any {
			config := ociPointer(m.Config)
			return facts{int64(m.SchemaVersion), m.MediaType, &config, each(m.Layers, ociPointer), nil, nil}
		}),
		"distribution list": plain(func(m manifestlist.DeserializedManifestList) any {
			return facts{int64(m.SchemaVersion), m.MediaType, nil, nil, each(m.Manifests, func(d manifestlist.ManifestDescriptor) pointer {
				p := d.Platform
				return pointer{d.MediaType, string(d.Digest), d.Size, platform{p.OS, p.Architecture, p.Variant, p.OSVersion}}
			}), nil}
		}),
	},
	"config": {
		"oci": plain(func(c oci.Image) any { return ofConfig(c.Platform, c.Config, c.RootFS.DiffIDs) }),
		"docker": plain(func(c docker.DockerOCIImage) any {
			return ofConfig(c.Platform, c.Config.ImageConfig, c.RootFS.DiffIDs)
		}),
		"go-containerregistry": func(b []byte) (any, error) {
			c, err := ggcr.ParseConfigFile(bytes.NewReader(b))
			if err != nil {
				return nil, err
			}
			return settings{
				platform{c.OS, c.Architecture, c.Variant, c.OSVersion}, c.Config.User, keys(c.Config.Volumes), keys(c.Config.ExposedPorts),
				len(c.Config.Entrypoint) > 0, len(c.Config.Cmd) > 0, each(c.RootFS.DiffIDs, ggcr.Hash.String),
			}, nil
		},
	},
	"layout": {"oci": plain(func(l oci.ImageLayout) any { return l.Version })},
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var doc document
		check(json.Unmarshal(lines.Bytes(), &doc))
		answers := map[string]any{}
		for name, read := range readers[doc.Kind] {
			found, err := read(doc.Bytes)
			if err != nil {
				found = map[string]string{"error": err.Error()}
			}
			answers[name] = found
		}
		out, err := json.Marshal(answers)
		check(err)
		fmt.Printf("%s\n", out)
	}
	check(lines.Err())
}

// plain decodes into a struct, as json.Unmarshal does.
func plain[T any](facts func(T) any) reader {
	return func(b []byte) (any, error) {
		var into T
		if err := json.Unmarshal(b, &into); err != nil {
			return nil, err
		}
		return facts(into), nil
	}
}

// children is what containerd pulls for a document of this type: the config and the layers, or the manifests.
func children(mediaType string) reader {
	return func(b []byte) (any, error) {
		desc := oci.Descriptor{MediaType: mediaType, Digest: digest.FromBytes(b), Size: int64(len(b))}
		found, err := images.Children(context.Background(), held(b), desc)
		if err != nil {
			return nil, err
		}
		all := each(found, ociPointer)
		if images.IsIndexType(mediaType) {
			return facts{Manifests: all}, nil
		}
		return facts{Config: &all[0], Layers: all[1:]}, nil
	}
}

func ofManifest(m oci.Manifest) any {
	config := ociPointer(m.Config)
	return facts{int64(m.SchemaVersion), m.MediaType, &config, each(m.Layers, ociPointer), nil, m.Annotations}
}

func ofIndex(m oci.Index) any {
	return facts{int64(m.SchemaVersion), m.MediaType, nil, nil, each(m.Manifests, ociPointer), m.Annotations}
}

func ofConfig(p oci.Platform, c oci.ImageConfig, diffIDs []digest.Digest) any {
	return settings{
		platform{p.OS, p.Architecture, p.Variant, p.OSVersion}, c.User, keys(c.Volumes), keys(c.ExposedPorts),
		len(c.Entrypoint) > 0, len(c.Cmd) > 0, each(diffIDs, digest.Digest.String),
	}
}

func ociPointer(d oci.Descriptor) pointer {
	if p := d.Platform; p != nil {
		return pointer{d.MediaType, string(d.Digest), d.Size, platform{p.OS, p.Architecture, p.Variant, p.OSVersion}}
	}
	return pointer{d.MediaType, string(d.Digest), d.Size, nil}
}

func ggcrPointer(d ggcr.Descriptor) pointer {
	name := d.Digest.String()
	if d.Digest == (ggcr.Hash{}) {
		name = ""
	}
	if p := d.Platform; p != nil {
		return pointer{string(d.MediaType), name, d.Size, platform{p.OS, p.Architecture, p.Variant, p.OSVersion}}
	}
	return pointer{string(d.MediaType), name, d.Size, nil}
}

func each[T, U any](all []T, change func(T) U) []U {
	changed := make([]U, 0, len(all))
	for _, one := range all {
		changed = append(changed, change(one))
	}
	return changed
}

func keys(of map[string]struct{}) []string {
	all := make([]string, 0, len(of))
	for key := range of {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

// held is a content store with one document.
type held []byte

func (h held) ReaderAt(context.Context, oci.Descriptor) (content.ReaderAt, error) {
	return at{bytes.NewReader(h)}, nil
}

type at struct{ *bytes.Reader }

func (at) Close() error { return nil }

func check(err error) {
	if err != nil && err != io.EOF {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
