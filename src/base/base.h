/* base.h: the words every room speaks. No noun of the institution may appear in this room. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/arena.h"
#include "base/code.h"
#include "base/day.h"
#include "base/doc.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/password.h"
#include "base/pubkey.h"
#include "base/seal.h"
#include "base/sign.h"
#include "base/str.h"

#endif
