/** Native apps have no address bar that a token could be taken out of. */
export const takenToken: string | null = null;
