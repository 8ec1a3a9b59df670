/** Which of the vendor's endpoints send something to other people is said of each one. */
import { catalogue } from '../../nodes/Eyun/catalogue';
import { catalogueFacts } from '../../spec/catalogueFacts.cts';
import { operations as endpoints } from '../../spec/endpoints.cts';

const operations = catalogue.flatMap((resource) => resource.operations);
const paths = (some: typeof operations) => [...new Set(some.map(({ path }) => path))].sort();
const sending = paths(operations.filter(({ sends }) => sends));
const reading = paths(operations.filter(({ reads }) => reads));
const listed = Object.keys(catalogueFacts.sendsNothing).sort();

it('every path of the vendor sends, reads, or is listed as one that sends nothing', () => {
	const vendors = [...new Set(endpoints.map(({ path }) => path))].sort();
	expect([...new Set([...sending, ...reading, ...listed])].sort()).toEqual(vendors);
});

it('no path is two of these', () => {
	const twice = [...sending, ...reading, ...listed].sort();
	expect(twice.filter((path, index) => path === twice[index + 1])).toEqual([]);
});

it('a path sends in all of its operations or in none, since a custom request counts by its path', () => {
	const others = paths(operations.filter(({ sends }) => !sends));
	expect(sending.filter((path) => others.includes(path))).toEqual([]);
});

it('whatever sends is done for one account, which is counted', () => {
	const without = operations.filter(
		({ sends, fields }) =>
			sends && !fields.some(({ name, optional }) => name === 'wId' && !optional),
	);
	expect(paths(without)).toEqual([]);
});

it('all of Message sends, but for taking back', () => {
	const message = catalogue.find(({ value }) => value === 'message');
	const not = message?.operations.filter(({ sends }) => !sends).map(({ value }) => value);
	expect(not).toEqual(['revoke']);
});

/** Names that say so. */
const SENDS = /^\/(send|forward|sns(Send|Comment$)|add(User|RoomMemberFriend)|privateSend)/;

it('names that say that they send are counted, or listed with the reason', () => {
	const silent = paths(operations).filter(
		(path) => SENDS.test(path) && !sending.includes(path) && !listed.includes(path),
	);
	expect(silent).toEqual([]);
	expect(sending.length).toBeGreaterThan(30);
});
