/* invariant.h: the questions themselves, made from invariant/ at build time; private to check/. */
#ifndef CHECK_INVARIANT_H
#define CHECK_INVARIANT_H

#define INVARIANT(sentence, name, zh, en) extern const char invariant_##name[];
#include "check/invariants.def"
#undef INVARIANT

#endif
