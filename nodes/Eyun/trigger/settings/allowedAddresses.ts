import { memoize } from '../../common/memoize';
import type { ipaddr } from '../../libraries/addresses';

/** The library, which is read from the disk when somebody lists addresses: few do. */
type Library = typeof ipaddr;
type Address = ReturnType<Library['process']>;
type Range = [network: Address, bits: number];

const SINGLE_IPV4 = 32;
const SINGLE_IPV6 = 128;
/** How many bits an IPv4 address written as IPv6 has in front of it. */
const MAPPED_BITS = 96;

/** A user's list of addresses and ranges. */
export interface AllowedAddresses {
	/** Whether nothing was entered, so that everybody is allowed. */
	isEmpty: boolean;
	/** Whether an entry is an address or a range. */
	hasRanges: boolean;
	/** Entries that are no address and no range. */
	wrong: readonly string[];
	/**
	 * Whether a callback may come from an address.
	 *
	 * @param sender as Express gives it, which minds n8n's N8N_PROXY_HOPS; undefined when unknown
	 */
	allows(sender: string | undefined): boolean;
}

const EVERYBODY: AllowedAddresses = {
	isEmpty: true,
	hasRanges: false,
	wrong: [],
	allows: () => true,
};

/**
 * Reads a list of addresses and ranges; the same text is read once.
 *
 * @param text IPv4, IPv6 or CIDR ranges, separated by commas, spaces or new lines; '' for everybody
 */
export async function readAllowedAddresses(text: string): Promise<AllowedAddresses> {
	if (text === '') return EVERYBODY;
	return read(text, (await import('../../libraries/addresses')).ipaddr);
}

const read = memoize((text: string, library: Library): AllowedAddresses => {
	const entries = text.split(/[\s,;，；]+/).filter((entry) => entry !== '');
	const understood = entries.map((entry) => ({ entry, range: rangeOf(library, entry) }));
	const ranges = understood.flatMap(({ range }) => (range === undefined ? [] : [range]));
	return {
		isEmpty: false,
		hasRanges: ranges.length > 0,
		wrong: understood.filter(({ range }) => range === undefined).map(({ entry }) => entry),
		allows: (sender) => isAmong(library, ranges, sender),
	};
});

function isAmong(library: Library, ranges: readonly Range[], sender: string | undefined): boolean {
	if (sender === undefined || !library.isValid(sender)) return false;
	// An IPv4 sender may come as IPv6, such as ::ffff:203.0.113.7.
	const address = library.process(sender);
	return ranges.some(
		([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
	);
}

function rangeOf(library: Library, entry: string): Range | undefined {
	// Without this, "1.2" would be read as 1.0.0.2, which nobody means.
	if (!entry.includes(':') && !/^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(entry)) return undefined;
	if (library.isValidCIDR(entry)) {
		const [network, bits] = library.parseCIDR(entry);
		const plain = library.process(network.toString());
		const isMapped = plain.kind() !== network.kind();
		if (isMapped && bits < MAPPED_BITS) return [network, bits];
		return [plain, isMapped ? bits - MAPPED_BITS : bits];
	}
	if (!library.isValid(entry)) return undefined;
	const address = library.process(entry);
	return [address, address.kind() === 'ipv4' ? SINGLE_IPV4 : SINGLE_IPV6];
}
