/** Whether an element is a tab of a native tab bar: there is none in browsers. */
export const isNativeTabTrigger = () => false;
