package main

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"go.etcd.io/etcd/server/v3/storage/wal"
)

// startEtcd starts an etcd that speaks on unix sockets inside dir and never waits for a disk: what it
// holds is thrown away with the test.
func startEtcd(dir string) (*embed.Etcd, string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", err
	}
	client := url.URL{Scheme: "unix", Path: filepath.Join(dir, "client")}
	peer := url.URL{Scheme: "unix", Path: filepath.Join(dir, "peer")}
	config := embed.NewConfig()
	config.Dir = filepath.Join(dir, "data")
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{client}, []url.URL{client}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{peer}, []url.URL{peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.UnsafeNoFsync = true
	config.LogLevel, config.LogOutputs = "error", []string{filepath.Join(dir, "log")}
	config.TickMs, config.ElectionMs = 20, 200
	wal.SegmentSizeBytes = 4 << 20 // two segments are written at once, of 64 MB unless told otherwise
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, "", err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, client.String(), nil
	case err := <-etcd.Err():
		return nil, "", err
	case <-time.After(30 * time.Second):
		etcd.Server.Stop()
		return nil, "", errors.New("etcd was not ready within 30 s")
	}
}
