# Two commands matter: `make demo` and `make test`. Both install what is missing, build, and run.
# STORY=1 make demo plays the story first; LISTEN=127.0.0.1:8081 listens there.
BUILD ?= build

.PHONY: all setup demo test test-san fuzz crash lint format bench clean

all: setup
	@[ -f $(BUILD)/build.ninja ] || meson setup $(BUILD) --buildtype=debugoptimized >/dev/null
	@ninja -C $(BUILD)

setup:
	@scripts/setup

demo: all
	@scripts/demo $(BUILD)

test: all
	@scripts/test $(BUILD)

# Address and undefined-behaviour sanitizers, then the thread sanitizer.
test-san: setup
	@scripts/test-san

# Every parser of bytes from outside, a minute each: what it finds lies in build-fuzz/found.
fuzz: setup
	@scripts/fuzz

# Kill -9 under load for some minutes, then every read, write and flush failing once.
crash: all
	@scripts/crash $(BUILD)

lint: all
	@scripts/lint $(BUILD)

format:
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]' 'bench/*.[ch]' 'fuzz/*.[ch]' 'tools/*.[ch]')

bench: setup
	@scripts/bench

clean:
	rm -rf build build-*
