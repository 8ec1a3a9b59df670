/** Fresh ids in the sizes the vendor uses (spec/FACTS.md: Anomalies, Per operation and the samples in spec/responses.json). */
import { createHash, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A random 63-bit message id above 2^53, which a JavaScript number would round. */
export function newMessageId(): bigint {
	for (;;) {
		const id = randomBytes(8).readBigUInt64BE() >> 1n;
		// Ids that happen to survive rounding would let a rounding bug pass a test now and then.
		if (id > MAX_SAFE && BigInt(Number(id)) !== id) return id;
	}
}

/** A random msgId above 2^31 and below 2^32, as the vendor's own sample 2562652205. */
export function shortMessageId(): number {
	return randomInt(2 ** 31 + 1, 2 ** 32);
}

/** A login instance id (wId). The vendor makes a new one at every login. */
export function instanceId(): string {
	return randomUUID();
}

/** An id of an asynchronous job. */
export function jobId(): string {
	return randomUUID();
}

/** A WeChat account id that was not chosen by anybody. */
export function wechatId(): string {
	return `wxid_${randomBytes(7).toString('hex')}22`;
}

/** A group id. */
export function groupId(): string {
	return `2${String(randomInt(10 ** 9, 10 ** 10 - 1))}@chatroom`;
}

/** A hexadecimal string of the given number of characters. */
export function hex(characters: number): string {
	return randomBytes(Math.ceil(characters / 2))
		.toString('hex')
		.slice(0, characters);
}

/** MD5 in hexadecimal, where the vendor answers one. */
export function md5(text: string): string {
	return createHash('md5').update(text).digest('hex');
}

/** An opaque contact credential as in friend requests and searches, e.g. v3_…@stranger. */
export function contactCredential(version: 'v1' | 'v3' | 'v4' | 'v5', wcId: string): string {
	return `${version}_${createHash('sha256').update(`${version}:${wcId}`).digest('hex')}@stranger`;
}

/** A Channels user name, e.g. v2_060000231003b20f…@finder. */
export function channelUserName(name: string): string {
	return `v2_060000231003b20faec8${createHash('sha256').update(name).digest('hex').slice(0, 40)}@finder`;
}

/**
 * The token of a developer account. Shaped like a JWT; the same account always gets the same one,
 * because the vendor documents it as permanently valid (spec/FACTS.md: Errors and limits).
 */
export function permanentToken(account: string): string {
	return signedToken({ sub: account, iss: 'eyun-simulator' });
}

/** A token that /member/login hands out for one log-in: shaped as the permanent one, never the same twice. */
export function loginToken(account: string): string {
	return signedToken({ sub: account, iss: 'eyun-simulator', jti: randomUUID() });
}

function signedToken(claims: object): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const unsigned = `${part({ alg: 'HS512' })}.${part(claims)}`;
	const signature = createHmac('sha512', 'eyun-simulator').update(unsigned).digest('base64url');
	return `${unsigned}.${signature}`;
}

/** Makes unsigned 64-bit ids above 2^63 that only grow, as Moments and Channels ids do. */
export class GrowingIds {
	private last: bigint;

	constructor(first: bigint) {
		this.last = first;
	}

	/** The next id: larger than all before, by a random step, never exact as a JavaScript number. */
	next(): bigint {
		do this.last += BigInt(randomInt(1_000_000, 900_000_000));
		while (BigInt(Number(this.last)) === this.last);
		return this.last;
	}
}
