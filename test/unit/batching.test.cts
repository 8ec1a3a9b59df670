/** Which items share a call, and which answer is whose. */
import fc from 'fast-check';

import { catalogue } from '../../nodes/Eyun/catalogue';
import { answersById, planBatches } from '../../nodes/Eyun/execution/calls/batching';

const RULE = { field: 'wcId', separator: ',', size: 4 };
const NAMES = ['userName', 'aliasName'];

it('is declared with a field that says how many ids a call takes', () => {
	const batched = catalogue.flatMap(({ operations }) => operations.filter(({ batch }) => batch));
	expect(batched.map(({ path }) => path)).toEqual(['/getContact', '/checkZombie']);
	for (const { batch, fields, reads } of batched) {
		expect(fields.find(({ name }) => name === batch!.field)).toMatchObject({
			type: 'list',
			maxItems: 20,
		});
		// A send must not be shared: whoever it fails for could not be told.
		expect(reads).toBe(true);
	}
});

describe('planBatches', () => {
	const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { minLength: 1, maxLength: 4 });
	const items = fc.array(fc.record({ wId: fc.constantFrom('w1', 'w2'), ids }), {
		maxLength: 40,
	});

	it('serves every item once, with all its ids, in calls that are alike and not too large', () => {
		fc.assert(
			fc.property(items, (given) => {
				const plan = planBatches(
					given.map((item, itemIndex) => ({
						itemIndex,
						body: { wId: item.wId, wcId: item.ids.join(',') },
					})),
					RULE,
				);
				const served = plan.flatMap(({ shares }) => shares.map(({ item }) => item.itemIndex));
				expect([...served].sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
				for (const { ids: asked, shares } of plan) {
					expect(asked.length).toBeLessThanOrEqual(RULE.size);
					expect(new Set(asked).size).toBe(asked.length);
					expect(new Set(shares.map(({ item }) => item.body.wId)).size).toBe(1);
					const indexes = shares.map(({ item }) => item.itemIndex);
					expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
					for (const { item, ids: own } of shares) {
						expect(own).toEqual(given[item.itemIndex].ids);
						expect(asked).toEqual(expect.arrayContaining([...own]));
					}
				}
				const firsts = plan.map(({ shares }) => shares[0].item.itemIndex);
				expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
			}),
		);
	});

	it('fills calls to the brim with single ids', () => {
		const many = Array.from({ length: 4_000 }, (_, itemIndex) => ({
			itemIndex,
			body: { wId: 'w', wcId: `id${itemIndex}` },
		}));
		const plan = planBatches(many, { ...RULE, size: 20 });
		expect(plan.map(({ ids: asked }) => asked.length)).toEqual(Array(200).fill(20));
	});
});

describe('answersById', () => {
	const found = (asked: string[], data: unknown) =>
		Object.fromEntries(answersById(asked, data, NAMES));
	const [a, b, c] = ['a', 'b', 'c'].map((userName) => ({
		userName,
		aliasName: `alias-${userName}`,
	}));

	it('goes by the name, in whatever order the answers come', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([a, b, c]), (answers) => {
				expect(found(['a', 'b', 'c'], answers)).toEqual(
					Object.fromEntries(answers.map((answer) => [answer.userName, answer])),
				);
			}),
		);
	});

	it('knows an alias', () => {
		expect(found(['alias-c', 'a'], [a, c])).toEqual({ 'alias-c': c, a });
	});

	it('prefers the surer name', () => {
		const misleading = { userName: 'x', aliasName: 'a' };
		expect(found(['a', 'x'], [misleading, a])).toEqual({ a, x: misleading });
	});

	it('goes by the place for names it does not know, if there are as many answers as ids', () => {
		const unknown = { userName: 'wxid_other' };
		expect(found(['a', 'who', 'c'], [a, unknown, c])).toEqual({ a, who: unknown, c });
		expect(found(['a', 'who', 'c'], [unknown, c])).toEqual({ c });
		expect(found(['a', 'who'], [unknown, a])).toEqual({ a });
	});

	it.each([null, undefined, 'text', []])('finds nothing in %j', (data) => {
		expect(found(['a'], data)).toEqual({});
	});

	it('takes an answer without a list for the only one', () => {
		expect(found(['a', 'b'], a)).toEqual({ a });
	});
});
