/** A folder or file of a node whose reader or writer has the node, or its secrets. */
interface SensitivePath {
  /** Without the slash at its start; `/run` stands for `/var/run` too. */
  readonly path: string;
  /** What it hands over. */
  readonly holds: string;
  /** Where it is written that nodes have it. */
  readonly source: string;
  /** `true` where a folder above it is refused no more than others: most nodes have nothing of the kind there. */
  readonly onlyBelow?: true;
}

/** Some paths for one reason. */
function together(holds: string, source: string, ...paths: readonly string[]): readonly SensitivePath[] {
  return paths.map((path) => ({ path, holds, source }));
}

/** What no policy can allow. An entry names the node image or the program whose own files say that the path is there. */
export const sensitivePaths: readonly SensitivePath[] = [
  // The operating system.
  ...together('the system itself, and what it runs as root', 'Filesystem Hierarchy Standard 3.0', 'boot', 'dev', 'etc', 'lib', 'lib32', 'lib64',
    'libx32', 'proc', 'sys', 'usr', 'bin', 'sbin', 'root', 'home', 'opt', 'var/log', 'run/log', 'var/spool/cron'),
  ...together('the same on systems that are an image', 'OSTree, "Adapting existing mainstream distributions"', 'sysroot', 'ostree', 'var/home',
    'var/roothome', 'var/opt', 'var/usrlocal'),
  ...together('commands that atd runs as their owner', 'at(1) of Fedora and Amazon Linux 2, FILES', 'var/spool/at'),
  ...together('units and orders to the first process', 'systemd.unit(5); D-Bus specification', 'run/systemd', 'run/dbus'),
  ...together('secrets of services, and the key that they are encrypted with', 'systemd.exec(5), "CREDENTIALS_DIRECTORY"; systemd-creds(1)',
    'run/credentials', 'var/lib/systemd'),
  ...together('images that systemd lays over /usr and /etc', 'systemd-sysext(8)', 'run/extensions', 'var/lib/extensions', 'run/confexts', 'var/lib/confexts'),
  ...together('rules whose programs udev runs as root', 'udev(7)', 'run/udev'),
  ...together('the program that runs last, as root', 'systemd, "The initrd Interface"', 'run/initramfs'),
  ...together('the network namespaces of other pods', 'ip-netns(8); containerd and CRI-O, CNI; Talos, /run/netns', 'run/netns'),
  ...together('user data and secrets from which the node was set up', 'cloud-init, "File locations"; amazon-eks-ami, templates/al2023',
    'run/cloud-init', 'var/lib/cloud'),
  ...together('the same of Ignition, and files that it unpacks at /', 'Ignition, --config-cache; AgentBaker, parts/linux/cloud-init/flatcar.yml',
    'run/ignition.json', 'var/lib/ignition'),
  ...together('scripts that the package manager runs as root', 'Ubuntu: dpkg(1), FILES; apt-get(8), FILES', 'var/lib/dpkg', 'var/lib/apt'),
  ...together('programs and orders of snapd, which runs as root', 'Ubuntu: snapd, dirs/dirs.go', 'var/lib/snapd', 'run/snapd', 'run/snapd.socket',
    'run/snapd-snap.socket', 'snap', 'var/snap'),
  // The agents of clouds, and node images.
  ...together('certificates, keys and scripts that Azure runs as root', 'Ubuntu of AKS: AgentBaker, parts/linux/cloud-init/artifacts/aks-log-collector.sh',
    'var/lib/waagent'),
  ...together('settings that a service of the node copies to /etc', 'AKS: AgentBaker, parts/linux/cloud-init/artifacts/ci-syslog-watcher.sh', 'run/mdsd-ci'),
  ...together('the kubelet\'s state, which is bound to /var/lib/kubelet', 'AKS: AgentBaker, parts/linux/cloud-init/artifacts/bind-mount.sh', 'mnt/aks'),
  ...together('commands and credentials of the SSM agent', 'AL2023: amazon-ssm-agent, agent/appconfig/constants_unix.go', 'var/lib/amazon'),
  ...together('the configuration of the node', 'AL2023: amazon-eks-ami, nodeadm, /run/eks/nodeadm/config.json', 'run/eks'),
  ...together('the kubelet\'s and containerd\'s state on local disks', 'AL2023: amazon-eks-ami, templates/al2023/runtime/bin/setup-local-disks',
    'mnt/k8s-disks/0'),
  ...together('/var and /home once more', 'Container-Optimized OS, "Disks and file system overview"', 'mnt/stateful_partition'),
  ...together('programs of the guest agent and of the toolbox', 'Container-Optimized OS, "Disks and file system overview"', 'var/lib/google', 'var/lib/toolbox'),
  ...together('/var and /opt once more, and the private settings', 'Bottlerocket: bottlerocket-core-kit, packages/release, local.mount, var-lib-bottlerocket.mount',
    'local', 'var/lib/bottlerocket', '.bottlerocket'),
  ...together('the upper layers of kernel modules and of programs that run as root', 'Bottlerocket: bottlerocket-core-kit, packages/release, *.mount',
    'var/lib/kernel-devel', 'var/lib/kernel-modules', 'var/lib/cni-plugins', 'var/lib/csi-helpers'),
  ...together('orders to the system and to its privileged containers', 'Bottlerocket: SECURITY_GUIDANCE.md', 'run/api.sock', 'run/host-containerd',
    'var/lib/host-containerd'),
  ...together('the Ignition configuration and the boot loader\'s', 'Flatcar: init, bin/flatcar-reset', 'oem'),
  ...together('secrets and state of the system', 'Talos: pkg/machinery/constants/constants.go', 'system', 'var/system', 'var/lib/etcd.snapshot'),
  { path: 'srv/kubernetes', holds: 'keys and kubeconfigs of the node', source: 'Ubuntu set up by kops', onlyBelow: true },
  // The state of Kubernetes and of container engines.
  ...together('credentials of the node, and files of all pods', 'kubelet, kube-proxy, CNI and etcd, their default folders', 'var/lib/kubelet',
    'var/lib/kube-proxy', 'var/lib/cni', 'var/lib/etcd', 'var/etcd'),
  ...together('the root filesystems of all containers', 'the engines\' default folders', 'var/lib/docker', 'var/lib/dockershim', 'var/lib/cri-dockerd',
    'var/lib/containerd', 'var/lib/containers', 'var/lib/crio', 'var/lib/buildkit', 'run/runc', 'run/crun', 'run/containers'),
  ...together('the same of the snapshotters of AL2023 and AKS', 'amazon-eks-ami, nodeadm/internal/containerd; AgentBaker, aks-node-controller/parser/templates',
    'var/lib/soci-snapshotter-grpc', 'run/soci-snapshotter-grpc', 'run/overlaybd-snapshotter'),
  ...together('what the runtime adds to containers, hooks on the node among it', 'containerd, cdi_spec_dirs and nri socket_path', 'run/cdi', 'run/nri'),
  ...together('the cluster\'s own keys and state', 'the distributions\' default folders', 'var/lib/rancher', 'var/lib/k3s', 'var/lib/k0s', 'var/lib/minikube'),
  // Those that lie in `/run` itself are there by name.
  ...together('a socket that takes orders as root', 'the engines\' default sockets', 'run/docker', 'run/containerd', 'run/crio', 'run/podman', 'run/buildkit',
    'run/k3s', 'run/k0s', 'run/user', 'run/docker.sock', 'run/cri-dockerd.sock', 'run/dockershim.sock'),
  // Windows, where `/windows` means `C:\windows`.
  ...together('the system itself, and what it runs', 'Windows Server', 'windows', 'users', 'program files', 'program files (x86)', 'programdata'),
  ...together('the kubelet\'s programs and credentials', 'Windows of AKS and GKE: AgentBaker; kubernetes, cluster/gce/windows', 'k'),
  ...together('what sets up the node, and extensions that Azure runs as SYSTEM', 'Windows of AKS: AgentBaker, staging and parts/windows', 'azuredata',
    'windowsazure', 'packages', 'akse-cache', 'aks-tools'),
];
