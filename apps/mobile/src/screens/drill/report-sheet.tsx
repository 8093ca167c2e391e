import { useState } from 'react';
import type { ReportReason } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { Choices } from '@/components/choices';
import { FailurePanel } from '@/components/failure-panel';
import { Text } from '@/components/text';
import { TextField } from '@/components/text-field';
import { useReport } from '@/state/queries/assistance';

interface ReportSheetProps {
  slug: string;
  isOpen: boolean;
  onClose: () => void;
}

const reasons: { value: ReportReason; label: string }[] = [
  { value: 'wrong_test', label: 'A test is wrong' },
  { value: 'unclear', label: 'The task is unclear' },
  { value: 'wrong_hint', label: 'A hint is wrong' },
  { value: 'other', label: 'Something else' },
];

export function ReportSheet({ slug, isOpen, onClose }: ReportSheetProps) {
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [comment, setComment] = useState('');
  const report = useReport(slug);

  function close() {
    onClose();
    if (report.isSuccess) {
      report.reset();
      setReason(null);
      setComment('');
    }
  }

  function send() {
    if (reason) report.mutate({ reason, comment: comment.trim() });
  }

  if (report.isSuccess) {
    return (
      <BottomSheet isOpen={isOpen} title="Thank you" onClose={close} testID="report-sheet">
        <Text variant="bodyMedium">A person will look at it.</Text>
      </BottomSheet>
    );
  }
  return (
    <BottomSheet
      isOpen={isOpen}
      title="Report a problem"
      onClose={close}
      testID="report-sheet"
      footer={
        <Button
          mode="contained"
          icon="send"
          onPress={send}
          loading={report.isPending}
          disabled={!reason || report.isPending}
          testID="send-report"
        >
          Send
        </Button>
      }
    >
      <Choices
        label="What is wrong?"
        options={reasons}
        chosen={reason}
        onChoose={setReason}
        testID="reason"
      />
      <TextField
        label="What did you see? (optional)"
        value={comment}
        onChangeText={setComment}
        multiline
        maxLength={1000}
        testID="report-comment"
      />
      {report.error && <FailurePanel error={report.error} onRetry={send} />}
    </BottomSheet>
  );
}
