package io.sluice.analysis.directory;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import java.util.List;

/** What a person named as one end of a connection. */
public sealed interface Target {
    /** The form in which it is printed. */
    String text();

    /** One pod. */
    record OfPod(Pod pod) implements Target {
        @Override
        public String text() {
            return pod.fullName() + "[Pod]";
        }
    }

    /** Every pod of a workload. */
    record OfWorkload(Workload workload, List<Pod> pods) implements Target {
        public OfWorkload {
            pods = List.copyOf(pods);
        }

        @Override
        public String text() {
            return workload.toString();
        }
    }

    /** The pods behind a Service, as far as the manifests show them. */
    record OfService(Service service, List<Pod> backends) implements Target {
        public OfService {
            backends = List.copyOf(backends);
        }

        @Override
        public String text() {
            return service.namespace() + "/" + service.name() + "[Service]";
        }
    }

    /** An address, whoever holds it. */
    record OfAddress(Ip ip) implements Target {
        @Override
        public String text() {
            return ip.toString();
        }
    }
}
