# The front door. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := build

BUILD_PACKAGES := maven clang libbpf-dev
RUN_PACKAGES := libbpf1 nftables iproute2 dnsmasq-base
BENCH_PACKAGES := gcc libc6-dev iptables

JAVA_HOME = $(shell tools/find-jdk 25)
MVN = JAVA_HOME=$(JAVA_HOME) mvn --batch-mode --no-transfer-progress $(MVN_FLAGS)
FOUND = { tools/fuzz-findings; false; }

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 12

.PHONY: packages
packages: ## install the Debian packages that building and running need (root), or print the line to run
	@tools/find-jdk 25 >/dev/null
	@tools/install-packages $(BUILD_PACKAGES) $(RUN_PACKAGES)

.PHONY: build
build: packages ## compile everything; ./sluice runs afterwards
	@$(MVN) --quiet -DskipTests package
	@tools/train-start-up cli/target/sluice/lib $(JAVA_HOME)
	@tools/write-manual cli/target/sluice/share

# The fuzz tests run over the kept inputs; with SLUICE_FUZZ=1, as in CI, the readers are also fuzzed, a minute in all.
.PHONY: test
test: packages ## format check, compile with Error Prone and NullAway, all tests
	$(if $(SLUICE_FUZZ),JAZZER_FUZZ=1) $(MVN) spotless:check verify $(if $(SLUICE_FUZZ),|| $(FOUND))

.PHONY: fuzz
fuzz: packages ## look for inputs that a reader does not bear, each reader for FUZZ=10m
	JAZZER_FUZZ=1 JAZZER_MAX_DURATION=$(or $(FUZZ),10m) \
	  $(MVN) -Dquick -pl fuzz -am test -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false || $(FOUND)

.PHONY: mutation
mutation: packages ## change the code of policy here and there: what no test notices is listed (an hour)
	@$(MVN) --quiet -Dquick -pl testing -am test-compile
	$(MVN) -Dquick -Pmutation -pl policy $(if $(MUTATED),-Dmutated='$(MUTATED)') \
	  org.pitest:pitest-maven:mutationCoverage
	@echo "policy/target/pit-reports/index.html"

.PHONY: test-cluster
test-cluster: packages ## the tests against a real API server, which is built from Go modules (the first time ten minutes of CPU)
	@tools/build-control-plane kubernetes/target/controlplane
	$(MVN) --projects cli --also-make -Dquick -Dtest='ClusterEndToEndTest' -Dsurefire.failIfNoSpecifiedTests=false verify

.PHONY: install
install: build ## install into PREFIX (/usr/local): command, kubectl plugin, manual pages, completion
	@tools/install $(DESTDIR)$(or $(PREFIX),/usr/local) cli/target/sluice $(JAVA_HOME)

.PHONY: uninstall
uninstall: ## remove what install put into PREFIX
	@tools/uninstall $(DESTDIR)$(or $(PREFIX),/usr/local)

.PHONY: demo
demo: build ## a shop on this machine: wide open, then least privilege, enforced by the kernel (root)
	@examples/shop/demo

.PHONY: bench
bench: build ## what a packet, a connection, a policy change cost, beside the alternatives (root, ten minutes)
	@tools/install-packages $(BENCH_PACKAGES)
	@bench/run $(or $(BENCH),all)

.PHONY: format
format: ## format the sources
	@$(MVN) --quiet spotless:apply

.PHONY: clean
clean: ## remove what was built
	@$(MVN) --quiet clean
