import { useEffect, useState } from 'react';

/** Whether something has been going on for longer than this. */
export function useIsLong(isGoingOn: boolean, milliseconds: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setTimeout(() => setLong(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isGoingOn, milliseconds]);
  return isLong;
}
