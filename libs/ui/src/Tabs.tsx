'use client';
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';
import { Count } from './Count.tsx';
import { InLocale } from './InLocale.tsx';

export interface TabsProps {
  label: string;
  tabs: readonly { id: string; title: ReactNode; count?: number; children: ReactNode; disabled?: boolean }[];
  value?: string;
  defaultValue?: string;
  onChange?: (id: string) => void;
}

/** Views of the same thing that need no address. Where each has one, use `SegLinks` or `TabLinks`. */
export function Tabs({ label, tabs, value, defaultValue, onChange }: TabsProps) {
  return (
    <InLocale>
      <AriaTabs
        className="p-tabs"
        selectedKey={value}
        defaultSelectedKey={defaultValue}
        onSelectionChange={(key) => onChange?.(String(key))}
      >
        <TabList className="p-tablist" aria-label={label}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="p-tab" isDisabled={tab.disabled}>
              {tab.title}
              {tab.count !== undefined && <Count value={tab.count} />}
            </Tab>
          ))}
        </TabList>
        {tabs.map((tab) => (
          <TabPanel key={tab.id} id={tab.id} className="p-tabpanel">
            {tab.children}
          </TabPanel>
        ))}
      </AriaTabs>
    </InLocale>
  );
}
