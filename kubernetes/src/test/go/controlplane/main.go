// Command controlplane is a Kubernetes API server with its etcd, for tests, in one process:
//
//	controlplane DIR [KUBE-APISERVER-FLAG...]
//
// It serves on a free port of 127.0.0.1, writes DIR/admin.kubeconfig, prints one line of JSON when it is ready,
// and ends when its stdin does, so that a test that dies takes it along.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	basecompatibility "k8s.io/component-base/compatibility"
	logsapi "k8s.io/component-base/logs/api/v1"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
)

const readyWithin = 120 * time.Second

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: controlplane DIR [KUBE-APISERVER-FLAG...]")
		os.Exit(2)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin) // nolint:errcheck
		cancel()
	}()
	if err := run(ctx, os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "controlplane:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, flags []string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	_, etcd, err := startEtcd(filepath.Join(dir, "etcd"))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := "https://" + listener.Addr().String()
	arguments, kubeconfig, err := prepare(dir, etcd, server)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- serve(ctx, listener, append(arguments, flags...)) }()
	if err := awaitReady(ctx, kubeconfig, server, failed); err != nil {
		return err
	}
	line, err := json.Marshal(map[string]string{
		"server": server, "kubeconfig": kubeconfig, "authority": filepath.Join(dir, "authority.crt"),
	})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil // without draining: nobody wants what is in it
	}
}

// prepare writes certificates and the administrator's kubeconfig, and says the flags that name them.
func prepare(dir, etcd, server string) (flags []string, kubeconfig string, err error) {
	authority, err := newAuthority()
	if err != nil {
		return nil, "", err
	}
	file := func(name string, content []byte) string {
		path, failure := write(dir, name, content)
		if err == nil {
			err = failure
		}
		return path
	}
	serving, servingKey, err := authority.issue(template("kube-apiserver"), net.IPv4(127, 0, 0, 1))
	if err != nil {
		return nil, "", err
	}
	accounts, accountsKey, err := authority.issue(template("service accounts"))
	if err != nil {
		return nil, "", err
	}
	admin, adminKey, err := authority.issue(template("admin", "system:masters"))
	if err != nil {
		return nil, "", err
	}
	flags = []string{
		"--etcd-servers=" + etcd,
		"--bind-address=127.0.0.1",
		"--endpoint-reconciler-type=none",
		"--tls-cert-file=" + file("server.crt", serving), "--tls-private-key-file=" + file("server.key", servingKey),
		"--client-ca-file=" + file("authority.crt", authority.pem),
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + file("accounts.crt", accounts),
		"--service-account-signing-key-file=" + file("accounts.key", accountsKey),
		"--service-cluster-ip-range=10.96.0.0/16",
		"--authorization-mode=RBAC",
		// Without a controller no namespace has the account that this plugin asks for.
		"--disable-admission-plugins=ServiceAccount",
		"--shutdown-delay-duration=0s",
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = &clientcmdapi.Cluster{Server: server, CertificateAuthorityData: authority.pem}
	config.AuthInfos["admin"] = &clientcmdapi.AuthInfo{ClientCertificateData: admin, ClientKeyData: adminKey}
	config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: "admin"}
	config.CurrentContext = "test"
	kubeconfig = filepath.Join(dir, "admin.kubeconfig")
	if err == nil {
		err = clientcmd.WriteToFile(*config, kubeconfig)
	}
	return flags, kubeconfig, err
}

func awaitReady(ctx context.Context, kubeconfig, server string, failed <-chan error) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return err
	}
	deadline := time.After(readyWithin)
	for {
		response, err := client.Get(server + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-failed:
			return fmt.Errorf("kube-apiserver ended: %w", err)
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline:
			return fmt.Errorf("kube-apiserver was not ready within %s", readyWithin)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// serve runs kube-apiserver on a listener that is already bound: it refuses port 0 itself.
func serve(ctx context.Context, listener net.Listener, arguments []string) error {
	run := options.NewServerRunOptions()
	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, set := range run.Flags().FlagSets {
		flags.AddFlagSet(set)
	}
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	registry := run.GenericServerRunOptions.ComponentGlobalsRegistry
	if err := registry.Set(); err != nil {
		return err
	}
	rest.SetDefaultWarningHandler(rest.NoWarnings{})
	gate := registry.FeatureGateFor(basecompatibility.DefaultKubeComponent)
	if err := logsapi.ValidateAndApply(run.Logs, gate); err != nil {
		return err
	}
	run.SecureServing.Listener = listener
	run.SecureServing.BindPort = listener.Addr().(*net.TCPAddr).Port
	completed, err := run.Complete(ctx)
	if err != nil {
		return err
	}
	if failures := completed.Validate(); len(failures) > 0 {
		return utilerrors.NewAggregate(failures)
	}
	return apiserver.Run(ctx, completed)
}
