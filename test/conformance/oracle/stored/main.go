// Command stored answers, for pods on its standard input, which pods an API server of Kubernetes 1.19 to 1.26 would store.
//
// Input and output: one pod (JSON) a line. It runs the server's own code of 1.26: the conversion to the internal pod and
// what the strategy of the pod registry does before it creates one, with every feature on, so that no field is dropped.
// That is where these versions copy the seccomp annotations into the fields; 1.19 to 1.24 also copy the other way, into
// annotations that no check of these versions reads. It lies in a module of its own, because a program has one version of
// Kubernetes' libraries, and the oracle needs the newest.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	kjson "sigs.k8s.io/json"
)

func main() {
	check(utilfeature.DefaultMutableFeatureGate.Set("AllAlpha=true,AllBeta=true"))
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := bufio.NewWriter(os.Stdout)
	for lines.Scan() {
		var sent, stored corev1.Pod
		var internal core.Pod
		check(kjson.UnmarshalCaseSensitivePreserveInts(lines.Bytes(), &sent))
		legacyscheme.Scheme.Default(&sent)
		check(legacyscheme.Scheme.Convert(&sent, &internal, nil))
		pod.Strategy.PrepareForCreate(context.Background(), &internal)
		check(legacyscheme.Scheme.Convert(&internal, &stored, nil))
		answer, err := json.Marshal(&stored)
		check(err)
		fmt.Fprintf(out, "%s\n", answer)
	}
	check(lines.Err())
	check(out.Flush())
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
