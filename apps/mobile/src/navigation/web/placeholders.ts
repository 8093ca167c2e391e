/** What is seen while a screen's code arrives: nothing, since it comes soon. */
export const SuspenseFallback = () => null;

/** What a route without a screen shows. There is none. */
export const EmptyRoute = () => null;
