// Command oracle answers, for pods on its standard input, what Kubernetes' own Pod Security admission says of them.
//
// Input: two lines for each pod, both JSON: the pod as a client would send it, and as an API server of 1.19 to 1.26
// would store it, which the command in `stored` tells. Output: one line of JSON for each pod,
//
//	[{"from":0,"baseline":true,"restricted":false,"failed":["runAsNonRoot"]}, {"from":8, …}]
//
// a verdict for each range of minor versions with one answer, from 1.0 to the newest. `failed` lists every check of
// either level that fails, also those that the restricted level passes over because a stricter one stands for them.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	kjson "sigs.k8s.io/json"
)

type verdict struct {
	From       int      `json:"from"`
	Baseline   bool     `json:"baseline"`
	Restricted bool     `json:"restricted"`
	Failed     []string `json:"failed"`
}

func main() {
	if len(os.Args) != 2 {
		check(errors.New("usage: oracle <newest minor version>"))
	}
	newest, err := strconv.Atoi(os.Args[1])
	check(err)
	checks := policy.DefaultChecks()
	evaluator, err := policy.NewEvaluator(checks, nil)
	check(err)

	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := bufio.NewWriter(os.Stdout)
	for lines.Scan() {
		pod := read(lines.Bytes())
		if !lines.Scan() {
			check(errors.New("the last pod is not followed by what would be stored of it"))
		}
		annotated := pod.DeepCopy()
		takeSeccompProfiles(&annotated.Spec, &read(lines.Bytes()).Spec)
		answer, err := json.Marshal(judge(evaluator, checks, pod, annotated, newest))
		check(err)
		fmt.Fprintf(out, "%s\n", answer)
	}
	check(lines.Err())
	check(out.Flush())
}

func read(line []byte) *corev1.Pod {
	var pod corev1.Pod
	// The API server's own decoder: unlike Go's, it does not take `Privileged` for `privileged`.
	check(kjson.UnmarshalCaseSensitivePreserveInts(line, &pod))
	setDefaults(&pod.Spec)
	return &pod
}

// judge judges the pod at every version: with the profiles from its annotations where the server copies them.
func judge(evaluator policy.Evaluator, checks []policy.Check, sent, annotated *corev1.Pod, newest int) []verdict {
	var answer []verdict
	for minor := 0; minor <= newest; minor++ {
		version := api.MajorMinorVersion(1, minor)
		pod := sent
		if minor >= 19 && minor <= 26 {
			pod = annotated
		}
		next := verdict{
			From:       minor,
			Baseline:   isAllowed(evaluator, api.LevelBaseline, version, pod),
			Restricted: isAllowed(evaluator, api.LevelRestricted, version, pod),
			Failed:     failed(checks, version, pod),
		}
		if last := len(answer) - 1; last < 0 || !same(answer[last], next) {
			answer = append(answer, next)
		}
	}
	return answer
}

func isAllowed(evaluator policy.Evaluator, level api.Level, version api.Version, pod *corev1.Pod) bool {
	results := evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &pod.ObjectMeta, &pod.Spec)
	return policy.AggregateCheckResults(results).Allowed
}

func failed(checks []policy.Check, version api.Version, pod *corev1.Pod) []string {
	ids := []string{}
	for _, each := range checks {
		var inForce policy.CheckPodFn
		for _, revision := range each.Versions {
			if !version.Older(revision.MinimumVersion) {
				inForce = revision.CheckPod
			}
		}
		if inForce != nil && !inForce(&pod.ObjectMeta, &pod.Spec).Allowed {
			ids = append(ids, string(each.ID))
		}
	}
	slices.Sort(ids)
	return ids
}

// setDefaults does what the API server does to a pod before admission sees it, as far as a check can tell.
func setDefaults(spec *corev1.PodSpec) {
	for i := range spec.Volumes {
		if spec.Volumes[i].VolumeSource == (corev1.VolumeSource{}) {
			spec.Volumes[i].EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	if spec.HostNetwork {
		takeHostPorts(spec.InitContainers)
		takeHostPorts(spec.Containers)
	}
}

func takeHostPorts(containers []corev1.Container) {
	for i := range containers {
		for j := range containers[i].Ports {
			if port := &containers[i].Ports[j]; port.HostPort == 0 {
				port.HostPort = port.ContainerPort
			}
		}
	}
}

// takeSeccompProfiles takes over the seccomp profiles that the server stores, and nothing else: fields that 1.26 does not
// know are judged as newer versions have them, as the library does for every version.
func takeSeccompProfiles(spec, stored *corev1.PodSpec) {
	if own := stored.SecurityContext; own != nil && own.SeccompProfile != nil {
		if spec.SecurityContext == nil {
			spec.SecurityContext = &corev1.PodSecurityContext{}
		}
		spec.SecurityContext.SeccompProfile = own.SeccompProfile
	}
	for i := range stored.InitContainers {
		takeSeccompProfile(&spec.InitContainers[i].SecurityContext, stored.InitContainers[i].SecurityContext)
	}
	for i := range stored.Containers {
		takeSeccompProfile(&spec.Containers[i].SecurityContext, stored.Containers[i].SecurityContext)
	}
	for i := range stored.EphemeralContainers {
		takeSeccompProfile(&spec.EphemeralContainers[i].SecurityContext, stored.EphemeralContainers[i].SecurityContext)
	}
}

func takeSeccompProfile(own **corev1.SecurityContext, stored *corev1.SecurityContext) {
	if stored == nil || stored.SeccompProfile == nil {
		return
	}
	if *own == nil {
		*own = &corev1.SecurityContext{}
	}
	(*own).SeccompProfile = stored.SeccompProfile
}

func same(a, b verdict) bool {
	return a.Baseline == b.Baseline && a.Restricted == b.Restricted && slices.Equal(a.Failed, b.Failed)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
