# One Makefile. Everything built lies in $(BUILD); rooms are wildcards, so a new file needs no line here.
#   make [V=1] [BUILD=dir] [SAN=1]

BUILD   ?= build
V       ?=
Q       := $(if $(V),,@)
SAN     ?=
VERSION := 0.1.0
REVISION := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

PKGS    := rdkafka libprotobuf-c hiredis lmdb libmicrohttpd jansson cjose gnutls libcurl libcrypto libzip zlib expat
CC      := gcc
WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wvla -Wformat=2 \
           -Wcast-qual -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes -Wimplicit-fallthrough -Werror
HARDEN  := -fstack-protector-strong -fPIE
OPT     := -O2 -D_FORTIFY_SOURCE=2
ifneq ($(SAN),)
OPT     := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
# pkg-config is asked once make runs a recipe, so that `make deps` works on a machine that has none of it.
# hiredis has TLS from 1.0 on, in a library of its own.
PKGFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKGLIBS  = $(shell pkg-config --libs $(PKGS) $$(pkg-config --exists hiredis_ssl && echo hiredis_ssl libssl) 2>/dev/null)
CFLAGS  = -std=c17 -g $(OPT) $(WARN) $(HARDEN) -D_GNU_SOURCE -DCC_VERSION='"$(VERSION)"' \
          -I. -I$(BUILD)/proto $(PKGFLAGS) -include common/banned.h
comma   := ,
LDFLAGS := -pie -Wl,-z,relro,-z,now $(if $(SAN),-fsanitize=address$(comma)undefined)
LIBS     = $(PKGLIBS) -llmdb -lpthread -lm

PROTOS  := $(wildcard proto/*.proto)
PB_C    := $(PROTOS:proto/%.proto=$(BUILD)/proto/%.pb-c.c)
PB_H    := $(PB_C:.c=.h)
PB_O    := $(PB_C:.c=.o)
.SECONDARY:

COMMON  := $(wildcard common/*/*.c) $(wildcard common/*/*/*.c)
SERVICES := intake coder validator submitter sandbox cleanclaim mockbroker
SVC_SRC  := $(foreach s,$(SERVICES),$(wildcard services/$(s)/*.c) $(wildcard services/$(s)/*/*.c))
MAINS    := $(wildcard services/*/main.c)
LIB_SRC  := $(COMMON) $(filter-out $(MAINS),$(SVC_SRC))
BINS     := $(MAINS:services/%/main.c=$(BUILD)/bin/%)
LIB      := $(BUILD)/libcleanclaim.a
obj       = $(patsubst %.c,$(BUILD)/%.o,$(1))

ONLY    ?=
UNIT    := $(wildcard tests/unit/$(if $(ONLY),$(ONLY),*_test).c)
FUZZ    := $(wildcard tests/fuzz/*_fuzz.c)
REPLAY  := $(FUZZ:tests/fuzz/%_fuzz.c=$(BUILD)/tests/unit/%_replay)
UNIT_BIN := $(UNIT:tests/unit/%.c=$(BUILD)/tests/unit/%) $(if $(ONLY),$(filter %/$(ONLY),$(REPLAY)),$(REPLAY))
COMPONENT := $(wildcard tests/component/$(if $(ONLY),$(ONLY),*_test).c)
COMPONENT_BIN := $(COMPONENT:tests/component/%.c=$(BUILD)/tests/component/%)
BENCH   := $(wildcard tests/bench/*_bench.c)
BENCH_BIN := $(BENCH:tests/bench/%.c=$(BUILD)/tests/bench/%)
CHAOS_BIN := $(BUILD)/tests/chaos/records $(BUILD)/tests/chaos/clock.so
FUZZ_BIN := $(FUZZ:tests/fuzz/%.c=$(BUILD)/tests/fuzz/%)
ACCURACY := $(wildcard tests/accuracy/*.c)
ACCURACY_BIN := $(ACCURACY:tests/accuracy/%.c=$(BUILD)/tests/accuracy/%)
SUPPORT := $(wildcard tests/support/*.c)
SIM_SRC := $(wildcard tests/sim/*.c)

.PHONY: coverage valgrind tsan accuracy all docs deploy-test image-test help deps venv check unit asan oracle component e2e sim chaos test ci lint lint-fast fmt bench fuzz demo demo-stop install clean
.DEFAULT_GOAL := all

all: $(BINS) ## build everything into build/, programs in build/bin/

help: ## every target in a line
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 16

deps: ## install missing Debian packages (deploy/packages.txt)
	$(Q)deploy/local/install-packages.sh

# --- messages: generated names Cleanclaim__V1__Claim become CcClaim, enumerators lose the prefix their own name repeats
$(BUILD)/proto/%.pb-c.c: proto/%.proto $(PROTOS)
	$(Q)mkdir -p $(@D)/raw.$*
	$(Q)protoc-c -Iproto --c_out=$(@D)/raw.$* $<
	$(Q)for x in c h; do sed -E -e 's/CLEANCLAIM__V1__([A-Z0-9_]+)__INIT/CC_\1__INIT/g' \
	  -e 's/_CLEANCLAIM__V1__/_CC_/g' -e 's/CLEANCLAIM__V1__[A-Z0-9_]*__([A-Z][A-Z0-9_]*)/\1/g' \
	  -e 's/Cleanclaim__V1__/Cc/g' -e 's/cleanclaim__v1__/cc_/g' $(@D)/raw.$*/$*.pb-c.$$x > $(@D)/$*.pb-c.$$x; done
$(BUILD)/proto/%.pb-c.h: $(BUILD)/proto/%.pb-c.c
	$(Q)test -f $@ || { rm -f $<; $(MAKE) --no-print-directory BUILD=$(BUILD) $<; }
$(BUILD)/proto/%.o: $(BUILD)/proto/%.c $(PB_H)
	$(Q)$(CC) -std=c17 -g $(OPT) -fPIE -I$(BUILD)/proto $(PKGFLAGS) -c -o $@ $<

# --- objects, the one library, programs
$(BUILD)/%.o: %.c | $(PB_H)
	$(Q)mkdir -p $(@D)
	$(if $(V),,@echo "  cc $<")
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# plain lists beside the code: lists/forms.tsv is _binary_forms_tsv_start … _end
LISTS   := $(wildcard common/text/lists/*.tsv)
LISTS_O := $(BUILD)/common/text/lists-data.o
$(LISTS_O): $(LISTS)
	$(Q)mkdir -p $(@D)
	$(Q)cd common/text/lists && ld -r -b binary -z noexecstack -o $(abspath $@) $(notdir $(LISTS))

$(LIB): $(PB_O) $(LISTS_O) $(call obj,$(LIB_SRC))
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/services/%/main.o $(LIB)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# --- tests
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(call obj,$(SUPPORT)) $(LIB)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# tests of what happens when memory is out: the linker puts tests/starve between our code and what it allocates with
STARVED := malloc calloc realloc strdup arena_new arena_reset arena_set_limit arena_alloc_anew arena_array arena_room arena_double \
           arena_memdup arena_strdup arena_strndup arena_vprintf arena_printf
STARVE_BIN := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/starve_*_test.c))
$(STARVE_BIN): %: %.o $(BUILD)/tests/starve/starve.o $(call obj,$(SUPPORT)) $(LIB)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) $(STARVED:%=-Wl,--wrap=%) -o $@ $^ $(LIBS) -lcmocka

# a fuzz target with a main that gives it files: what it begins from, and what it once broke on
$(REPLAY): $(BUILD)/tests/unit/%_replay: $(BUILD)/tests/fuzz/%_fuzz.o $(BUILD)/tests/fuzz/replay.o $(call obj,$(SUPPORT)) $(LIB) | $(BUILD)/tests/seeds
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka
$(BUILD)/tests/seeds: tests/fuzz/seeds.sh $(wildcard deploy/seed/encounters/* tests/golden/x12/* tests/golden/fhir/*)
	$(Q)tests/fuzz/seeds.sh $@

# the workers over simulated brokers, tables and time: what tests/sim defines goes before the library, librdkafka and hiredis are left out
SIM_WRAP := clock_gettime nanosleep usleep svc_stopping sigaction setpriority pthread_create pthread_join pthread_timedjoin_np \
            pthread_detach pthread_cond_timedwait pthread_cond_signal pthread_mutex_lock pthread_rwlock_rdlock pthread_rwlock_wrlock \
            fsync rename flock close log_write log_err bus_abort bus_produce state_abort
$(BUILD)/tests/sim/sim: $(call obj,$(SIM_SRC) tests/support/folder.c tests/support/loading.c) $(LIB)
	$(Q)$(CC) $(LDFLAGS) $(addprefix -Wl$(comma)--wrap=,$(SIM_WRAP)) -o $@ $^ $(filter-out -lrdkafka -lhiredis -lhiredis_ssl,$(LIBS)) -lcmocka

$(BUILD)/tests/chaos/clock.so: tests/chaos/clock.c
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -fPIC -shared -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

unit: $(UNIT_BIN) ## unit tests (ONLY=name for one)
	$(Q)JOBS=$$(nproc) tests/support/run.sh unit $(BUILD) $(notdir $(UNIT_BIN))

asan: ## unit tests under AddressSanitizer and UBSan, in build-asan/
	$(Q)$(MAKE) --no-print-directory unit SAN=1 BUILD=build-asan

# The library once more without optimisation and with counters, in build-cov/; what is counted: tests/support/coverage.py.
COVER_FLOOR ?= 98
coverage: ## branch coverage of rules, edits and readers by the unit tests, in build-cov/; fails below COVER_FLOOR
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) BUILD=build-cov WARN=-w OPT="-O0 --coverage -fprofile-update=atomic" HARDEN=-fPIE \
	  LDFLAGS="-pie --coverage" build-cov/unit-tests
	$(Q)find build-cov -name '*.gcda' -delete
	$(Q)JOBS=$$(nproc) tests/support/run.sh unit build-cov $(notdir $(UNIT_BIN))
	$(Q)tests/support/coverage.py build-cov $(COVER_FLOOR)
$(BUILD)/unit-tests: all $(UNIT_BIN)
	$(Q)touch $@

VALGRIND ?= event_test base_test x12_test claim837_read_test read835_test readack_test hl7_read_test fhir_test intake_x12_test rules_cond_test \
            payer_rules_test state_test build_test follow_test
valgrind: ## chosen unit tests under memcheck: an error or a leak fails (VALGRIND="name ..." for others)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(VALGRIND:%=$(BUILD)/tests/unit/%)
	$(Q)RUN="valgrind -q --suppressions=tests/support/valgrind.txt --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite" tests/support/run.sh unit $(BUILD) $(VALGRIND)

TSAN ?= hl7_mllp_test intake_test intake_door_test deliver_stage_test sys_test store_test trace_test tables_load_test bus_test svc_main_test \
        svc_sim_test audit_test state_test http_replay mllp_replay
tsan: ## the threaded parts under ThreadSanitizer, in build-tsan/ (TSAN="name ..." for others)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) BUILD=build-tsan WARN=-w OPT="-O1 -fsanitize=thread -fno-omit-frame-pointer" \
	  LDFLAGS="-pie -fsanitize=thread" SUPPORT="$(SUPPORT) tests/tsan/threads.c" $(TSAN:%=build-tsan/tests/unit/%)
	$(Q)TSAN_OPTIONS="exitcode=9 suppressions=tests/support/tsan.txt" tests/support/run.sh unit build-tsan $(TSAN)

oracle: all venv ## second readings of the rules in Python, compared claim by claim with ours
	$(Q)tests/oracle/run.sh $(BUILD) $(if $(ONLY),$(ONLY))

component: all $(COMPONENT_BIN) ## tests of single workers on a real broker and Redis
	$(Q)tests/support/with-kafka.sh tests/support/run.sh component $(BUILD) $(notdir $(COMPONENT_BIN))

e2e: all venv ## the whole chain on real Apache Kafka and Redis
	$(Q)$(PYTHON) tests/e2e/run.py --build $(BUILD) $(if $(ONLY),--only $(ONLY))

SEEDS   ?=
FROM    ?= 1
sim: $(BUILD)/tests/sim/sim ## workers over simulated brokers, tables and time: SEEDS=10000 (FROM=1), or SEED=n again (V=1: every event of it); else the short form
	$(Q)$(BUILD)/tests/sim/sim $(if $(SEED),seed $(SEED) $(if $(V),trace),$(if $(SEEDS),seeds $(FROM) $(SEEDS),test))

chaos: all venv $(CHAOS_BIN) ## faults of every kind on three brokers, compared with an undisturbed run (KILLS=faults, KINDS, BROKERS, RATE, SEED); ROUTES=1: files on their way (KILLS, CLAIMS, SEED); SHORT=1: both, small
	$(Q)$(PYTHON) tests/chaos/run.py --build $(BUILD) $(if $(SHORT),--short) $(if $(ROUTES),--routes) \
	  $(foreach o,KILLS KINDS BROKERS RATE CLAIMS SEED,$(if $($o),--$(shell echo $o | tr A-Z a-z) $($o)))

deploy-test: all venv ## chart, dashboards, alerts, runbook and image (ONLY=word of a check's name)
	$(Q)$(PYTHON) tests/deploy/run.py --build $(BUILD) $(if $(ONLY),--only "$(ONLY)")

image-test: all venv ## the image built as the Dockerfile does in empty Debians (SUITES), and the chain run in it
	$(Q)tests/deploy/image_test.sh $(BUILD) $(PYTHON) $(SUITES)
SUITES  ?= trixie bookworm

VENV    := .cache/venv
PYTHON   = $(VENV)/bin/python3
venv: $(VENV)/ready
$(VENV)/ready: $(wildcard tests/support/requirements*.txt)
	$(Q)python3 -m venv $(VENV)
	$(Q)$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes $(addprefix -r ,$^)
	$(Q)touch $@

test: deps ## install what is missing, build, run every test; closes with passed, failed, skipped
	$(Q)tests/support/all.sh $(BUILD)

ci: deps ## what CI runs: lint, unit tests under sanitizers, make test
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) lint
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) asan
	$(Q)$(MAKE) --no-print-directory test

check: all unit lint-fast ## build, unit tests, the quick lints: before every commit

lint-fast: all
	$(Q)tests/lint/floors.sh && tests/lint/words.sh && tests/lint/sizes.py && tests/lint/format.sh
	$(Q)for x in $(wildcard tests/lint/rows.sh); do $$x $(BUILD) || exit 1; done
	$(Q)tests/lint/readme.py $(BUILD)
	$(Q)tests/deploy/settings.py $(BUILD)
	$(Q)tests/lint/rights.py $(BUILD)

TIDY_SRC := $(LIB_SRC) $(MAINS)
lint: all $(BENCH_BIN) lint-fast ## benches build, floors, rows, words, sizes, format, clang-tidy, cppcheck
	$(Q)printf '%s\n' $(TIDY_SRC) | xargs -P $$(nproc) -n 12 sh -c 'clang-tidy --quiet "$$@" -- -std=c17 -D_GNU_SOURCE \
	  -DCC_VERSION=\"\" -include common/banned.h -I. -I$(BUILD)/proto $(PKGFLAGS) 2>/dev/null' _ && echo "clang-tidy: clean"
	$(Q)cppcheck --quiet --std=c11 --enable=warning,portability,performance --inline-suppr --error-exitcode=1 \
	  --suppress=legacyUninitvar --suppress=uninitvar --suppress=unknownMacro --suppress=nullPointerRedundantCheck --suppress=memleak --suppress=normalCheckLevelMaxBranches -j 2 -I. -I$(BUILD)/proto \
	  $(TIDY_SRC) && echo "cppcheck: clean"

fmt: ## clang-format over the tree
	$(Q)clang-format -i $$(git ls-files 'common/*.[ch]' 'services/*.[ch]' 'tests/*.[ch]')

bench: all venv $(BENCH_BIN) ## measurements, printed with machine and versions
	$(Q)tests/bench/run.sh $(BUILD) $(if $(ONLY),$(ONLY))

accuracy: all $(ACCURACY_BIN) ## how well notes are read and phrases looked up (ALL=1: every description; FIT=1: fits the weights)
	$(Q)tests/accuracy/run.sh $(BUILD)

# The library once more, by clang with coverage and sanitizers, in build-fuzz/.
SECONDS  ?= 20
FUZZ_OPT := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
fuzz: ## fuzz targets, SECONDS=20 each (ONLY=name_fuzz for one), from samples and what build-fuzz/ found so far
	$(Q)test -n "$(wildcard tests/fuzz/$(if $(ONLY),$(ONLY),*_fuzz).c)" || { echo "fuzz: there is no $(ONLY); there are: $(basename $(notdir $(FUZZ)))"; exit 1; }
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) BUILD=build-fuzz CC=clang WARN=-w OPT="$(FUZZ_OPT) -fsanitize=fuzzer-no-link" \
	  LDFLAGS="$(FUZZ_OPT) -fsanitize=fuzzer" build-fuzz/targets ONLY=
	$(Q)tests/fuzz/run.sh build-fuzz $(SECONDS) $(notdir $(basename $(wildcard tests/fuzz/$(if $(ONLY),$(ONLY),*_fuzz).c)))
build-fuzz/targets: $(FUZZ_BIN) $(BUILD)/tests/seeds

docs: all ## write the settings into the README and the chart, the metrics into docs/metrics.md, the rights into deploy/kafka and docs/security.md
	$(Q)tests/lint/readme.py $(BUILD) --write
	$(Q)tests/deploy/settings.py $(BUILD) --write
	$(Q)tests/lint/rights.py $(BUILD) --write

demo: deps ## the whole chain on this machine, live; KEEP=1 leaves it running
	$(Q)$(MAKE) --no-print-directory -j2 all
	$(Q)python3 deploy/local/demo.py $(BUILD) $(if $(KEEP),--keep)

demo-stop: ## end a demo that was left running
	$(Q)python3 deploy/local/demo.py $(BUILD) --stop

PREFIX ?= /usr/local
install: all ## programs and shell completion under PREFIX
	$(Q)install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	$(Q)install -m 755 $(BINS) $(DESTDIR)$(PREFIX)/bin/
	$(Q)install -m 644 deploy/completion/cleanclaim.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cleanclaim
	$(Q)install -m 644 deploy/completion/_cleanclaim $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_cleanclaim

clean: ## remove what was built
	$(Q)rm -rf build build-asan build-fuzz build-cov build-tsan
