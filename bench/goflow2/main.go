// Decodes the datagrams of a file, again and again, with goflow2's decoders on one thread, and prints how many records it
// decoded in a second of CPU time, in millions. The file has each datagram after its length in four octets.
//
//	goflow2 FILE netflow9|ipfix|netflow5|sflow5 SECONDS
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/netsampler/goflow2/v2/decoders/netflow"
	"github.com/netsampler/goflow2/v2/decoders/netflowlegacy"
	"github.com/netsampler/goflow2/v2/decoders/sflow"
)

func main() {
	file, protocol := os.Args[1], os.Args[2]
	seconds, err := strconv.ParseFloat(os.Args[3], 64)
	check(err)
	runtime.GOMAXPROCS(1)
	datagrams := read(file)
	decode := decoderOf(protocol)
	best := 0.0
	for end := time.Now().Add(time.Duration(seconds * float64(time.Second))); time.Now().Before(end); {
		records, began := 0, cpuSeconds()
		for i := 0; i < 5; i++ {
			for _, datagram := range datagrams {
				records += decode(datagram)
			}
		}
		best = max(best, float64(records)/(cpuSeconds()-began)/1e6)
	}
	fmt.Printf("%.3f\n", best)
}

func decoderOf(protocol string) func(datagram []byte) int {
	switch protocol {
	case "netflow5":
		return func(datagram []byte) int {
			var packet netflowlegacy.PacketNetFlowV5
			check(netflowlegacy.DecodeMessageVersion(bytes.NewBuffer(datagram), &packet))
			return len(packet.Records)
		}
	case "sflow5":
		return func(datagram []byte) int {
			var packet sflow.Packet
			check(sflow.DecodeMessageVersion(bytes.NewBuffer(datagram), &packet))
			return len(packet.Samples)
		}
	}
	templates := netflow.CreateTemplateSystem()
	return func(datagram []byte) int {
		var v9 netflow.NFv9Packet
		var ipfix netflow.IPFIXPacket
		check(netflow.DecodeMessageVersion(bytes.NewBuffer(datagram), templates, &v9, &ipfix))
		return recordsIn(v9.FlowSets) + recordsIn(ipfix.FlowSets)
	}
}

func recordsIn(sets []interface{}) int {
	records := 0
	for _, set := range sets {
		if data, ok := set.(netflow.DataFlowSet); ok {
			records += len(data.Records)
		}
	}
	return records
}

func read(file string) [][]byte {
	all, err := os.ReadFile(file)
	check(err)
	var datagrams [][]byte
	for len(all) > 0 {
		length := binary.BigEndian.Uint32(all)
		datagrams = append(datagrams, all[4:4+length])
		all = all[4+length:]
	}
	return datagrams
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
