/** The parameter that asks for short answers. */
export const SIMPLIFY = 'simplify';

/** The way of filling a field that names a binary field, as the editor stores it. */
export const BINARY_MODE = 'binary';

/** The binary field that a picture is put into, unless the operation lets the user choose. */
export const PICTURE_FIELD = 'data';

/** How many calls of an operation that only reads are under way at the same time by default. */
export const READS_AT_ONCE = 5;
/** More would only hurry the vendor and WeChat. */
export const MOST_AT_ONCE = 50;

/** The longest pause between two calls, in milliseconds: ten minutes. */
export const LONGEST_PAUSE = 600_000;
