# Makefile: builds Lectern and its sample site, runs the tests, installs.
#   make deps site          what a new machine needs, then the sample site in site/
#   make deps-test check    what the tests need, then all tests
# SANITIZE=1 builds with the address and undefined-behaviour sanitizers, in a folder of its own.
# LTO= leaves out what makes linking slow and Lectern a little faster: for those who work on it.

VERSION := 0.1.0
CC ?= gcc
PREFIX ?= /usr/local
DESTDIR ?=

ifdef SANITIZE
BUILD := build/sanitize
MODE := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
override LTO :=
else
BUILD := build
MODE := -O2
LTO ?= -flto=auto
endif

LIBRARIES := md4c yaml-0.1 lua5.4 libxxhash jansson libqrencode libevent
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wmissing-prototypes -Wvla
ifdef CI
WARNINGS += -Werror
endif
CPPFLAGS += -D_GNU_SOURCE -DLECTERN_VERSION='"$(VERSION)"' -Igenerator
CFLAGS += -std=c17 -g $(MODE) $(LTO:%=% -ffat-lto-objects) $(WARNINGS) $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
LDFLAGS += $(MODE)
LDLIBS += $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lm -pthread

SOURCES := $(sort $(wildcard generator/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/objects/%.o)
EMBEDDED := $(sort generator/script/prelude.lua generator/server/reload.js generator/server/overlay.css $(shell find themes/default plugins generator/starter -type f -not -path "plugins/examples/*" 2>/dev/null))

.SECONDARY:
.PHONY: all site check check-long bench lint fuzz install clean deps deps-test accept
all: $(BUILD)/lectern

$(BUILD)/lectern: $(BUILD)/objects/generator/main.o $(OBJECTS) $(BUILD)/objects/embedded.o
	@echo "  link     $@"
	@$(CC) $(LDFLAGS) $(LTO) $^ $(LDLIBS) -o $@

$(BUILD)/objects/%.o: %.c
	@mkdir -p $(@D)
	@echo "  compile  $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# The list of embedded files is made anew each time, and kept when it is the same.
$(BUILD)/embedded.S: $(EMBEDDED) generator/embed.sh FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(EMBEDDED) | generator/embed.sh > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/objects/embedded.o: $(BUILD)/embedded.S $(EMBEDDED)
	@mkdir -p $(@D)
	@$(CC) -c $< -o $@
FORCE:

site: $(BUILD)/lectern
	$(BUILD)/lectern build

# Tests: see tests/run.js.
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(filter-out tests/unit/test.c,$(wildcard tests/unit/*.c)))
TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/%,$(wildcard tests/tools/*.c))

$(BUILD)/unit/%: $(BUILD)/objects/tests/unit/%.o $(BUILD)/objects/tests/unit/test.o $(OBJECTS) $(BUILD)/objects/embedded.o
	@mkdir -p $(@D)
	@echo "  link     $@"
	@$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(BUILD)/%: $(BUILD)/objects/tests/tools/%.o $(OBJECTS) $(BUILD)/objects/embedded.o
	@echo "  link     $@"
	@$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

check: $(BUILD)/lectern $(UNITS) $(TOOLS)
	LECTERN_BUILD=$(BUILD) node tests/run.js $(ONLY)

# What takes too long for every day: 2,000 random edits, each compared with a build from nothing.
check-long: $(BUILD)/lectern
	LECTERN_BUILD=$(BUILD) LECTERN_EDITS=2000 node tests/run.js rebuild

accept: $(BUILD)/lectern
	LECTERN_BUILD=$(BUILD) node tests/run.js --accept $(CASE)

bench: $(BUILD)/lectern $(TOOLS)
	LECTERN_BUILD=$(BUILD) node tests/bench/run.js

lint:
	tests/lint.sh

fuzz: $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/*.c))
build/fuzz/%: tests/fuzz/%.c $(SOURCES) $(BUILD)/objects/embedded.o
	@mkdir -p $(@D)
	clang $(CPPFLAGS) -std=c17 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	    $(shell pkg-config --cflags $(LIBRARIES)) $< $(SOURCES) $(BUILD)/objects/embedded.o $(LDLIBS) -o $@

install: $(BUILD)/lectern
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 0755 $(BUILD)/lectern $(DESTDIR)$(PREFIX)/bin/lectern

clean:
	rm -rf build

# What has to be installed.  On a system without apt-get the names are shown instead.
DEPS := build-essential pkg-config libmd4c-dev libyaml-dev liblua5.4-dev libxxhash-dev libjansson-dev libqrencode-dev libevent-dev
DEPS_TEST := time wrk rsync openssh-server apache2 valgrind nodejs npm chromium fonts-dejavu-core poppler-utils qpdf default-jre-headless clang libclang-rt-14-dev
deps:
	@tests/deps.sh $(DEPS)
deps-test: deps
	@tests/deps.sh $(DEPS_TEST)
	@tests/deps.sh --npm

-include $(shell find $(BUILD)/objects -name '*.d' 2>/dev/null)
