/* limit.c: a bounded table of buckets. A bucket that has filled up again says nothing and may be taken over,
 * so that a flood of addresses can't make the table grow; when all are in use the fullest gives way. */
#include "http/limit.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS         4096 /* of each class */
#define PROBES          8
#define FORGET_EVERY_US INT64_C(60000000)

struct bucket {
	uint64_t key; /* 0: nobody's yet */
	double tokens;
	int64_t at_us;
};

struct limits {
	uint64_t secret;
	pthread_mutex_t locks[RATE_COUNT];
	int64_t forgot_us[RATE_COUNT];
	struct bucket buckets[RATE_COUNT][BUCKETS];
};

struct limits *limits_new(uint64_t secret)
{
	struct limits *limits = calloc(1, sizeof *limits);

	REQUIRE(limits != NULL);
	limits->secret = secret;
	for (size_t i = 0; i < RATE_COUNT; i++)
		REQUIRE(pthread_mutex_init(&limits->locks[i], NULL) == 0);
	return limits;
}

void limits_free(struct limits *limits)
{
	if (limits == NULL)
		return;
	for (size_t i = 0; i < RATE_COUNT; i++)
		pthread_mutex_destroy(&limits->locks[i]);
	free(limits);
}

static double filled(const struct bucket *bucket, const struct rate_row *row, int64_t now_us)
{
	double tokens = bucket->tokens + (double)(now_us - bucket->at_us) * row->per_minute / 60e6;

	return tokens < row->burst ? tokens : row->burst;
}

static struct bucket *bucket_of(
	struct bucket *buckets, uint64_t key, const struct rate_row *row, int64_t now_us)
{
	struct bucket *fullest = NULL;

	for (size_t i = 0; i < PROBES; i++) {
		struct bucket *bucket = &buckets[(key + i) % BUCKETS];

		if (bucket->key == key)
			return bucket;
		if (fullest == NULL || bucket->key == 0 ||
			(fullest->key != 0 && filled(bucket, row, now_us) > filled(fullest, row, now_us)))
			fullest = bucket;
	}
	*fullest = (struct bucket){key, row->burst, now_us};
	return fullest;
}

static void forget_full(struct limits *limits, enum rate rate, int64_t now_us)
{
	const struct rate_row *row = &rate_rows[rate];

	if (now_us - limits->forgot_us[rate] < FORGET_EVERY_US)
		return;
	limits->forgot_us[rate] = now_us;
	for (size_t i = 0; i < BUCKETS; i++) {
		struct bucket *bucket = &limits->buckets[rate][i];

		if (bucket->key != 0 && filled(bucket, row, now_us) >= row->burst)
			*bucket = (struct bucket){0};
	}
}

int limits_take(struct limits *limits, enum rate rate, uint64_t key, int64_t now_us)
{
	const struct rate_row *row = &rate_rows[rate];
	int wait = 0;

	if (row->per_minute == 0)
		return 0;
	pthread_mutex_lock(&limits->locks[rate]);
	forget_full(limits, rate, now_us);
	struct bucket *bucket = bucket_of(limits->buckets[rate], key != 0 ? key : 1, row, now_us);

	bucket->tokens = filled(bucket, row, now_us);
	bucket->at_us = now_us;
	if (bucket->tokens >= 1)
		bucket->tokens -= 1;
	else
		wait = (int)((1 - bucket->tokens) * 60 / row->per_minute) + 1;
	pthread_mutex_unlock(&limits->locks[rate]);
	return wait;
}

uint64_t limits_key(const struct limits *limits, struct str address)
{
	struct in6_addr six;
	char text[INET6_ADDRSTRLEN];
	uint64_t key;

	if (address.size >= sizeof text)
		address.size = sizeof text - 1;
	memcpy(text, address.data, address.size);
	text[address.size] = '\0';
	bool is_six = inet_pton(AF_INET6, text, &six) == 1;
	struct str parts[] = {{(const char *)&limits->secret, sizeof limits->secret},
		is_six ? (struct str){(const char *)&six, 8} : address};
	struct hash hash = hash_parts(parts, ARRAY_COUNT(parts));

	memcpy(&key, hash.bytes, sizeof key);
	return key;
}
