/* directory.c: every account and every membership in memory. An institution has some thousands of accounts;
 * they are looked up by id, by code and by person, and walked when an administrator asks. */
#include "account/account.h"

struct directory {
	struct arena *arena;
	struct account *accounts; /* by id - 1 */
	size_t account_count, account_capacity;
	int64_t *of_person; /* account ids by person - 1; 0: none */
	size_t of_person_count, of_person_capacity;
	struct member *members; /* by id - 1 */
	size_t member_count, member_capacity;
};

struct directory *directory_new(struct arena *arena)
{
	struct directory *directory = ARENA_TAKE(arena, 1, struct directory);

	directory->arena = arena;
	return directory;
}

const struct account *directory_account(const struct directory *directory, int64_t id)
{
	return id < 1 || (size_t)id > directory->account_count ? NULL : &directory->accounts[id - 1];
}

const struct account *directory_by_code(const struct directory *directory, struct str code)
{
	for (size_t i = 0; i < directory->account_count; i++)
		if (str_equal(directory->accounts[i].code, code))
			return &directory->accounts[i];
	return NULL;
}

const struct account *directory_of_person(const struct directory *directory, int64_t person)
{
	if (person < 1 || (size_t)person > directory->of_person_count)
		return NULL;
	return directory_account(directory, directory->of_person[person - 1]);
}

const struct account *directory_by_identity(
	const struct directory *directory, struct str issuer, struct str subject)
{
	for (size_t i = 0; subject.size > 0 && i < directory->account_count; i++)
		if (str_equal(directory->accounts[i].subject, subject) &&
			str_equal(directory->accounts[i].issuer, issuer))
			return &directory->accounts[i];
	return NULL;
}

const struct account *directory_of_keeper(const struct directory *directory, int64_t person)
{
	for (size_t i = 0; person != 0 && i < directory->account_count; i++)
		if (directory->accounts[i].keeper == person &&
			directory->accounts[i].state != ACCOUNT_DISABLED)
			return &directory->accounts[i];
	return NULL;
}

size_t directory_account_count(const struct directory *directory)
{
	return directory->account_count;
}

const struct account *directory_account_at(const struct directory *directory, size_t i)
{
	REQUIRE(i < directory->account_count);
	return &directory->accounts[i];
}

void directory_account_set(struct directory *directory, const struct account *account)
{
	struct arena *arena = directory->arena;
	struct account copy = *account;

	REQUIRE(account->id >= 1 && (size_t)account->id <= directory->account_count + 1);
	copy.code = str_copy(arena, account->code);
	copy.pseudonym = str_copy(arena, account->pseudonym);
	copy.issuer = str_copy(arena, account->issuer);
	copy.subject = str_copy(arena, account->subject);
	if ((size_t)account->id > directory->account_count)
		*ARENA_PUSH(arena, directory->accounts, directory->account_count,
			directory->account_capacity) = copy;
	else
		directory->accounts[account->id - 1] = copy;
	while ((size_t)account->person > directory->of_person_count)
		*ARENA_PUSH(arena, directory->of_person, directory->of_person_count,
			directory->of_person_capacity) = 0;
	if (account->person != 0)
		directory->of_person[account->person - 1] = account->id;
}

const struct member *directory_membership(
	const struct directory *directory, int64_t matter, int64_t person, struct day today)
{
	for (size_t i = directory->member_count; i > 0; i--) {
		const struct member *member = &directory->members[i - 1];

		if (member->matter == matter && member->person == person &&
			member->until.number > today.number)
			return member;
	}
	return NULL;
}

size_t directory_member_count(const struct directory *directory)
{
	return directory->member_count;
}

const struct member *directory_member_at(const struct directory *directory, size_t i)
{
	REQUIRE(i < directory->member_count);
	return &directory->members[i];
}

void directory_member_set(struct directory *directory, const struct member *member)
{
	struct member copy = *member;

	REQUIRE(member->id >= 1 && (size_t)member->id <= directory->member_count + 1);
	copy.reason = str_copy(directory->arena, member->reason);
	if ((size_t)member->id > directory->member_count)
		*ARENA_PUSH(directory->arena, directory->members, directory->member_count,
			directory->member_capacity) = copy;
	else
		directory->members[member->id - 1] = copy;
}
