/* compartment.c: who is let into a compartment. What is refused is asked again at each entry, so that a
 * change of post or a relative registered later shuts the door of itself. */
#include "account/account.h"

static bool holds(const struct member *member, struct day today)
{
	return member->from.number <= today.number && today.number < member->until.number;
}

/* Is `person` this one, or a registered relative? */
static bool is_or_is_kin(const struct org *org, int64_t one, int64_t person, struct day today)
{
	return one != 0 && (one == person || org_are_kin(org, one, person, today));
}

static int64_t holder_of(const struct org *org, int64_t post, struct day today)
{
	const struct tenure *tenure = post == 0 ? NULL : org_holder(org, post, today);

	return tenure == NULL ? 0 : tenure->person;
}

static bool is_or_is_kin_of_head(const struct org *org, int64_t unit, int64_t person, struct day today)
{
	return unit != 0 && is_or_is_kin(org, holder_of(org, org_head_post(org, unit), today), person, today);
}

/* The person and the heads of all units in which they hold a post today. */
static bool touches_person(const struct org *org, int64_t subject, int64_t person, struct day today)
{
	int64_t posts[64];
	size_t count = org_posts_held(org, subject, today, posts, ARRAY_COUNT(posts));

	if (is_or_is_kin(org, subject, person, today))
		return true;
	for (size_t i = 0; i < count; i++)
		if (is_or_is_kin_of_head(org, org_post(org, posts[i])->unit, person, today))
			return true;
	return false;
}

/* Who acts for a unit or holds a post owes and does what it owes and does. */
static bool acts_for(const struct org *org, const struct subject *subject, int64_t person, struct day today)
{
	int64_t posts[64];
	size_t count = org_posts_held(org, person, today, posts, ARRAY_COUNT(posts));

	for (size_t i = 0; i < count; i++)
		if ((subject->person == 0 && posts[i] == subject->post) ||
			(subject->unit != 0 && org_post_acts_for(org, posts[i], subject->unit)))
			return true;
	return false;
}

enum err compartment_avoid(const struct org *org, const struct subject *subjects, size_t subject_count,
	int64_t person, struct day today, struct bh_err *reterr)
{
	for (size_t i = 0; i < subject_count; i++) {
		const struct subject *subject = &subjects[i];
		int64_t unit = subject->unit != 0   ? subject->unit
			       : subject->post != 0 ? org_post(org, subject->post)->unit
						    : 0;
		int64_t one = subject->person != 0 ? subject->person : holder_of(org, subject->post, today);

		if (acts_for(org, subject, person, today) || is_or_is_kin_of_head(org, unit, person, today) ||
			(one != 0 && touches_person(org, one, person, today)))
			return err_set(reterr, ERR_REFUSED, "avoidance",
				"the subject and whoever acts for it, the head of the subject's unit and "
				"their relatives don't enter");
	}
	return ERR_OK;
}

static enum err check_days(const struct member *member, struct day today, struct bh_err *reterr)
{
	if (day_is_none(member->from) || day_is_none(member->until) ||
		member->until.number <= member->from.number)
		return err_set(reterr, ERR_INVALID, "until", "say until which day, after the first");
	if (member->until.number > day_add(today, MEMBER_DAYS_MAX).number)
		return err_set(reterr, ERR_RANGE, "until",
			"a membership lasts %d days at most: it can be granted anew", MEMBER_DAYS_MAX);
	return ERR_OK;
}

/* The owner may send a member away, and nothing else. */
static bool owner_shortens(const struct directory *directory, const struct member *before,
	const struct member *member, struct day today)
{
	const struct account *by = directory_account(directory, member->by);

	if (before == NULL || by == NULL || by->person == 0 || by->state != ACCOUNT_ACTIVE ||
		member->until.number > before->until.number || member->owner != before->owner ||
		member->from.number != before->from.number)
		return false;
	for (size_t i = 0; i < directory_member_count(directory); i++) {
		const struct member *owner = directory_member_at(directory, i);

		if (owner->owner && owner->matter == member->matter && owner->person == by->person &&
			holds(owner, today))
			return true;
	}
	return false;
}

static enum err check_others(const struct directory *directory, const struct member *member, struct day today,
	struct bh_err *reterr)
{
	for (size_t i = 0; i < directory_member_count(directory); i++) {
		const struct member *other = directory_member_at(directory, i);

		if (other->id == member->id || other->matter != member->matter || !holds(other, today))
			continue;
		if (other->person == member->person)
			return err_set(reterr, ERR_CONFLICT, "person",
				"already a member, for days to come: %d: change that membership",
				other->until.number - today.number);
		if (other->owner && member->owner)
			return err_set(reterr, ERR_CONFLICT, "owner",
				"the compartment has an owner: end that membership first");
	}
	return ERR_OK;
}

enum err member_may(const struct directory *directory, const struct org *org, const struct member *member,
	const struct subject *subjects, size_t subject_count, struct day today, struct bh_err *reterr)
{
	size_t count = directory_member_count(directory);
	const struct member *before = member->id >= 1 && (size_t)member->id <= count
					      ? directory_member_at(directory, (size_t)member->id - 1)
					      : NULL;

	if (before == NULL && member->id != (int64_t)count + 1)
		return err_set(reterr, ERR_NOT_FOUND, "id", "there is no such membership");
	if (before != NULL && (before->matter != member->matter || before->person != member->person))
		return err_set(
			reterr, ERR_INVALID, "id", "a membership stays in its matter and with its person");
	if (org_person(org, member->person) == NULL)
		return err_set(reterr, ERR_NOT_FOUND, "person", "there is no such person");
	if (str_trim(member->reason).size == 0 || member->reason.size > 400 || !utf8_is_valid(member->reason))
		return err_set(reterr, ERR_INVALID, "reason", "give the reason, in 400 bytes at most");
	if (owner_shortens(directory, before, member, today))
		return ERR_OK;
	TRY(admin_check(directory, member->by, ADMIN_SECURITY, reterr));
	if (before != NULL && before->from.number == member->from.number &&
		member->until.number <= before->until.number && member->owner == before->owner)
		return ERR_OK; /* ending one is never refused for who it is */
	TRY(check_days(member, today, reterr));
	if (directory_of_keeper(directory, member->person) != NULL)
		return err_set(reterr, ERR_REFUSED, "person",
			"who keeps an administrator's account sees no content");
	TRY(check_others(directory, member, today, reterr));
	return compartment_avoid(org, subjects, subject_count, member->person, today, reterr);
}

static bool is_member(const struct directory *directory, const struct visit *visit)
{
	for (size_t i = 0; i < directory_member_count(directory); i++) {
		const struct member *member = directory_member_at(directory, i);

		if (member->matter == visit->matter && member->person == visit->person &&
			holds(member, visit->today))
			return true;
	}
	return false;
}

enum err compartment_enter(const struct directory *directory, const struct org *org,
	const struct visit *visit, struct bh_err *reterr)
{
	int64_t post;

	if (org_posts_held(org, visit->person, visit->today, &post, 1) > 0 &&
		directory_of_keeper(directory, visit->person) == NULL &&
		(visit->owes || visit->acted || is_member(directory, visit)) &&
		compartment_avoid(org, visit->subjects, visit->subject_count, visit->person, visit->today,
			NULL) == ERR_OK)
		return ERR_OK;
	return err_set_both(
		reterr, ERR_NOT_FOUND, "matter", err_meaning_zh(ERR_NOT_FOUND), err_meaning(ERR_NOT_FOUND));
}
