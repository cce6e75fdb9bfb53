package main

import (
	_ "github.com/containerd/containerd/v2/core/images"
	_ "github.com/containerd/platforms"
	_ "github.com/distribution/distribution/v3/manifest/manifestlist"
	_ "github.com/distribution/distribution/v3/manifest/ocischema"
	_ "github.com/distribution/distribution/v3/manifest/schema2"
	_ "github.com/google/go-containerregistry/pkg/v1"
	_ "github.com/moby/docker-image-spec/specs-go/v1"
	_ "github.com/opencontainers/image-spec/specs-go/v1"
)

func main() {}
