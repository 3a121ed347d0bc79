package io.sluice.lab;

import io.sluice.lab.net.Commands;
import io.sluice.lab.net.Folders;
import io.sluice.lab.net.Names;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs dnsmasq in the namespace of every DNS pod and tells the namespaces about it. */
final class DnsServers {
    static final String ROLE = "dns";

    private DnsServers() {}

    /** Starts the servers; they answer when this returns. */
    static List<Background> start(Snapshot placed) {
        List<Background> started = new ArrayList<>();
        try {
            Files.createDirectories(LabFiles.DNS);
            Path hosts = Files.writeString(LabFiles.DNS.resolve("hosts"), DnsRecords.hosts(placed));
            Map<String, Pod> byNamespace = new LinkedHashMap<>();
            placed.pods().stream()
                    .filter(ClusterDns::isDnsPod)
                    .forEach(pod -> byNamespace.putIfAbsent(Names.namespace(pod), pod));
            for (Map.Entry<String, Pod> entry : byNamespace.entrySet()) {
                String name = Integer.toString(started.size());
                Path pidFile = LabFiles.DNS.resolve(name + ".pid");
                String text = DnsRecords.configuration(
                        ClusterDns.port(entry.getValue()), hosts, pidFile, LabFiles.DNS.resolve(name + ".log"));
                Path configuration = Files.writeString(LabFiles.DNS.resolve(name + ".conf"), text);
                // It goes into the background by itself once it listens.
                Commands.daemonIn(
                        entry.getKey(),
                        List.of("dnsmasq", "--conf-file=" + configuration),
                        Map.of(Commands.MARK, ROLE));
                long pid = Long.parseLong(Files.readString(pidFile).strip());
                started.add(Background.of(ROLE, pid, List.of()));
            }
            return started;
        } catch (IOException e) {
            throw new LabException("cannot start the cluster's DNS: " + e.getMessage(), e);
        }
    }

    /** Writes what {@code ip netns exec} shows as /etc/resolv.conf, for every pod and node, and for nothing else. */
    static void writeResolvers(Snapshot placed) {
        List<Ip> servers = placed.services().stream()
                .filter(ClusterDns::isDnsService)
                .map(Service::clusterIps)
                .findFirst()
                .orElse(List.of());
        Map<String, String> files = new LinkedHashMap<>();
        for (Node node : placed.nodes()) {
            files.put(Names.namespace(node), DnsRecords.nodeResolver(servers));
        }
        for (Pod pod : placed.pods()) {
            files.putIfAbsent(Names.namespace(pod), DnsRecords.resolver(pod, servers));
        }
        try {
            for (Path folder : Folders.entries(LabFiles.RESOLV)) {
                String name = folder.getFileName().toString();
                if (name.startsWith(Names.PREFIX) && !files.containsKey(name)) {
                    Folders.removeTree(folder);
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path folder = Files.createDirectories(LabFiles.RESOLV.resolve(file.getKey()));
                Files.writeString(folder.resolve("resolv.conf"), file.getValue());
            }
        } catch (IOException e) {
            throw new LabException("cannot write resolvers in " + LabFiles.RESOLV + ": " + e.getMessage(), e);
        }
    }
}
