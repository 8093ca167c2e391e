import { setStringAsync } from 'expo-clipboard';
import { useState } from 'react';
import { Button } from '@/components/button';

interface CopyButtonProps {
  label: string;
  text: string;
  testID: string;
}

/** Copies a text, and says so in its own place. */
export function CopyButton({ label, text, testID }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      mode="outlined"
      icon={isCopied ? 'check' : 'content-copy'}
      onPress={() => void setStringAsync(text).then(setCopied)}
      accessibilityLiveRegion="polite"
      testID={testID}
    >
      {isCopied ? 'Copied' : label}
    </Button>
  );
}
